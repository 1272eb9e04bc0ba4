import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/result.ts";
import { lockLines, manifestLine } from "../../src/report/anchor.ts";
import { render } from "../../src/report/index.ts";
import type { RenderOptions } from "../../src/report/index.ts";
import { splitLines } from "../../src/report/lines.ts";
import { lineHashes } from "../../src/report/sarif/line-hash.ts";
import { relativeTo } from "../../src/report/paths.ts";
import { reportCase } from "./load.ts";
import { checkSarif } from "./sarif-schema.ts";

interface Place {
  readonly rule: string | undefined;
  readonly at: string;
  readonly prints: Record<string, string>;
}

function places(report: Report, options: RenderOptions): Place[] {
  return (checkSarif(render("sarif", report, options)).results ?? []).map((result) => {
    const place = result.locations?.[0]?.physicalLocation;
    return {
      rule: result.ruleId,
      at: `${place?.artifactLocation?.uri}:${place?.region?.startLine}`,
      prints: result.partialFingerprints ?? {},
    };
  });
}

describe("where a dependency stands", () => {
  const { report, options } = reportCase("xh");
  const at = (changed: RenderOptions): string[] => places(report, changed).map((one) => one.at);

  it("at its version line in Cargo.lock", () => {
    expect(at(options)).toEqual(["Cargo.lock:19", "Cargo.lock:6", "Cargo.lock:24"]);
  });

  it("the same with CRLF", () => {
    const text = options.lockfile!.text.replaceAll("\n", "\r\n");
    expect(at({ ...options, lockfile: { path: "Cargo.lock", text } })).toEqual(at(options));
  });

  it("at the direct dependency in Cargo.toml when the lockfile is not tracked", () => {
    const tracked = (path: string): boolean => path !== "Cargo.lock";
    expect(at({ ...options, tracked })).toEqual(["Cargo.toml:6", "Cargo.toml:6", "Cargo.toml:6"]);
  });

  it("at line 1 of Cargo.toml when nothing is there", () => {
    const { lockfile: _lockfile, manifests: _manifests, ...rest } = options;
    expect(at(rest)).toEqual(["Cargo.toml:1", "Cargo.toml:1", "Cargo.toml:1"]);
  });

  it("relative to the repository, which may be above the workspace", () => {
    expect(at({ ...options, repository: "/w" })[0]).toBe("project/Cargo.lock:19");
  });
});

describe("fingerprints of dependencies", () => {
  const { report, options } = reportCase("xh");
  const bumped = (text: string): string =>
    text
      .replaceAll("1.0.4", "1.0.9")
      .replaceAll("0.12.9", "0.12.30")
      .replaceAll("1.47.1", "1.48.0");

  it("stay when the crate or its neighbours get a new version", () => {
    const after = JSON.parse(bumped(JSON.stringify(report))) as Report;
    const lockfile = { path: "Cargo.lock", text: bumped(options.lockfile!.text) };
    const prints = (found: Place[]): unknown => found.map((one) => [one.rule, one.prints]);
    expect(prints(places(after, { ...options, lockfile }))).toEqual(
      prints(places(report, options)),
    );
    expect(lineHashes(lockfile.text)[5]).not.toBe(lineHashes(options.lockfile!.text)[5]);
  });

  it("differ for each of them", () => {
    const prints = places(report, options).map((one) => one.prints["primaryLocationLineHash"]);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("fingerprints of own sources", () => {
  it("are GitHub's hash of the line", () => {
    const { report, options } = reportCase("own");
    const hashes = lineHashes(options.source!("errs", "1.2.0", "src/lib.rs")!);
    const found = places(report, options).filter((one) => one.at.startsWith("crates/errs"));
    expect(found.map((one) => one.at.split(":")[1])).toEqual(["3", "5", "6"]);
    for (const { at, prints } of found) {
      expect(prints["primaryLocationLineHash"]).toBe(hashes[Number(at.split(":")[1]) - 1]);
    }
  });
});

describe("lines of manifests", () => {
  it.each([
    ["[dependencies]\nmio = 1", "mio", 1],
    ["[dependencies]\nio = { package = 'mio' }", "mio", 1],
    ["[dependencies.mio]\nversion = '1'", "mio", 0],
    ["[target.'cfg(unix)'.dependencies]\n mio.workspace = true", "mio", 1],
    ["[workspace.dependencies]\nmio = '1'", "mio", 1],
    ["[build-dependencies]\ncc = '1'", "cc", 1],
    ["[dev-dependencies]\nmio = '1'", "mio", undefined],
    ["[features]\nmio = []", "mio", undefined],
  ])("%j", (text, name, line) => {
    expect(manifestLine(splitLines(text), name)).toBe(line);
  });

  it("reads the version of each block of a lockfile, and of nothing else", () => {
    const text =
      'version = 4\n\n[[package]]\nname = "a"\nversion = "1.0.0"\n\n[metadata]\nversion = "2"\n';
    expect([...lockLines(splitLines(text))]).toEqual([["a@1.0.0", 4]]);
  });
});

describe("paths", () => {
  it.each([
    ["/w/a", "/w/a/b", "b"],
    ["/w/a", "/w/a", ""],
    ["/w/a", "/w/ab", undefined],
    ["/", "/w", "w"],
    ["C:\\w", "c:\\w\\b\\c", "b/c"],
    ["/w", "/w/a\\b", "a\\b"],
  ])("%s to %s", (base, path, relative) => {
    expect(relativeTo(base, path)).toBe(relative);
  });
});
