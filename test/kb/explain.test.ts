import { describe, expect, it } from "vitest";
import { kbDiff } from "../../src/kb/diff.ts";
import { explainCrate, explainSymbol, explainTaxon } from "../../src/kb/explain.ts";
import { kbShow } from "../../src/kb/show.ts";
import { renderExplanation } from "../../src/report/explain.ts";
import { renderKbDiff, renderKbShow } from "../../src/report/kb.ts";

describe("explain", () => {
  it.each([
    "libc::EAGAIN",
    "libc::stat",
    "libc::eventfd",
    "libc::SYS_write",
    "libc::NLM_F_REQUEST",
    "libc::O_TMPFILE",
  ])("%s", async (name) => {
    const text = renderExplanation(
      "text",
      explainSymbol(name, { uses: [{ package: "mio", version: "1.0.0", count: 3 }] }),
    );
    await expect(text).toMatchFileSnapshot(`explain/${name.replace("libc::", "")}.txt`);
  });

  it("F-016", async () => {
    const text = renderExplanation("text", explainTaxon("f-016", { rules: ["linux-only-call"] }));
    await expect(text).toMatchFileSnapshot("explain/F-016.txt");
  });

  it("the crate mio", async () => {
    const crate = explainCrate("mio");
    expect(crate).toBeDefined();
    if (crate)
      await expect(renderExplanation("text", crate)).toMatchFileSnapshot("explain/mio.txt");
  });

  it("names what was probably meant", () => {
    expect(() => explainSymbol("libc::EAGIAN")).toThrow(
      expect.objectContaining({ hint: "did you mean EAGAIN?" }),
    );
    expect(() => explainTaxon("F-099")).toThrow("there is no finding");
    expect(explainCrate("a-crate-that-nobody-wrote")).toBeUndefined();
  });

  it("is one JSON object", () => {
    const told = JSON.parse(renderExplanation("json", explainSymbol("EAGAIN"))) as Record<
      string,
      unknown
    >;
    expect(told).toMatchObject({
      schemaVersion: 1,
      kind: "symbol",
      name: "EAGAIN",
      release: "4.0.2",
    });
  });
});

describe("kb show", () => {
  it("has the documented form", () => {
    expect(
      JSON.parse(renderKbShow("json", kbShow({ names: ["libc::EAGAIN", "eventfd", "sem_t"] }))),
    ).toEqual({
      release: "4.0.2",
      constants: {
        EAGAIN: {
          class: "differs",
          libc: { x86_64: 11, aarch64: 11 },
          hosts: {
            "linux-x64": 11,
            "linux-arm64": 11,
            "macos-arm64": 35,
            "macos-x64": 35,
            "windows-x64": 10035,
            "freebsd-x64": 35,
            "openbsd-x64": 35,
            "netbsd-x64": 35,
          },
          runtime: true,
        },
      },
      functions: {
        eventfd: {
          status: "missing",
          unavailable: [
            "macos-arm64",
            "macos-x64",
            "windows-x64",
            "freebsd-x64",
            "openbsd-x64",
            "netbsd-x64",
          ],
        },
      },
      structs: {
        sem_t: {
          x86_64: { libc: 32, cosmo: 256, class: "cosmo larger" },
          aarch64: { libc: 32, cosmo: 256, class: "cosmo larger" },
        },
      },
    });
  });

  it("shows all without names", () =>
    expect(Object.keys(kbShow({ release: "master" }).constants).length).toBeGreaterThan(5000));
  it("refuses a name that no table has", () =>
    expect(() => kbShow({ names: ["EAGIAN"] })).toThrow("EAGIAN"));
});

describe("kb diff", () => {
  it("closes errno, open flags and signals on master, and leaves sockets", () => {
    const diff = kbDiff("4.0.2", "master");
    const closed = new Set(diff.closes.map((change) => change.name));
    for (const name of ["EAGAIN", "O_CLOEXEC", "SIGUSR1", "MADV_DONTNEED"])
      expect(closed.has(name), name).toBe(true);
    for (const name of ["SOL_SOCKET", "AF_INET6", "CLOCK_MONOTONIC"])
      expect(closed.has(name), name).toBe(false);
  });

  it("does not call closed what is unknown afterwards", () => {
    const change = kbDiff("4.0.2", "master").changes.find((one) => one.name === "EDOTDOT");
    expect(change?.to).toBe("unknown");
  });

  it("keeps to a workspace's names", async () => {
    const diff = kbDiff("4.0.2", "master", {
      uses: new Map([
        ["EAGAIN", 4],
        ["SOL_SOCKET", 2],
      ]),
    });
    expect(diff.closes).toEqual([expect.objectContaining({ name: "EAGAIN", uses: 4 })]);
    expect(diff.stays).toBe(1);
    await expect(renderKbDiff("text", diff)).toMatchFileSnapshot("explain/diff.txt");
  });

  it("is empty between a release and itself", () => {
    expect(kbDiff("4.0.2", "4.0.2")).toMatchObject({ closes: [], opens: [], changes: [] });
  });
});
