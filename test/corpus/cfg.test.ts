import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ARCHS } from "../../src/model/host.ts";
import { cfgWorld } from "../../src/resolve/world.ts";
import { NO, YES } from "../../src/syntax/cfg-eval.ts";
import { ours, predicates, truth, written } from "../fuzz/expressions.ts";

const COUNT = 5000;

/** `rustc --print cfg` as atoms; undefined when there is no rustc. */
function printed(...target: readonly string[]): [string, string?][] | undefined {
  try {
    const lines = execFileSync("rustc", ["--print", "cfg", ...target], { encoding: "utf8" })
      .trim()
      .split("\n");
    return lines.map((line) => {
      const [name = "", value] = line.split("=");
      return value === undefined ? [name] : [name, value.slice(1, -1)];
    });
  } catch {
    return undefined;
  }
}

const set = printed();
if (set === undefined)
  process.stderr.write("cfg against rustc (SKIPPED: there is no rustc here)\n");
const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-cfg-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Numbers of the predicates that rustc keeps. */
function keptByRustc(predicates: readonly string[]): ReadonlySet<number> {
  const file = path.join(dir, "all.rs");
  const items = predicates.map((text, at) => `#[cfg(${text})] compile_error!("kept ${at}");\n`);
  writeFileSync(file, `#![allow(unexpected_cfgs)]\n${items.join("")}`);
  const args = [
    "--edition",
    "2021",
    "--crate-type",
    "lib",
    "--error-format",
    "json",
    "--out-dir",
    dir,
    file,
  ];
  const { stderr } = spawnSync("rustc", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const messages = stderr.split("\n").filter((line) => line.startsWith("{"));
  const others = messages
    .map((line) => JSON.parse(line) as { message: string; level: string })
    .filter(
      ({ level, message }) => level === "error" && !/^kept \d+$|^aborting due to/.test(message),
    );
  expect(others).toEqual([]);
  const kept = messages.flatMap((line) => /"message":"kept (\d+)"/.exec(line)?.[1] ?? []);
  return new Set(kept.map(Number));
}

test.skipIf(set === undefined)(`${COUNT} predicates are what rustc takes them for`, () => {
  const atoms = set ?? [];
  const others: [string, string?][] = [
    ["windows"],
    ["target_os", "macos"],
    ["target_os", "windows"],
    ["feature", "none"],
    ["miri"],
    ["target_env", "musl"],
  ];
  const texts = fc
    .sample(
      fc.tuple(predicates([...atoms, ...others]), fc.constantFrom("", " ", "\n", "/* ) */")),
      { numRuns: COUNT, seed: 7 },
    )
    .map(([predicate, gap]) => written(predicate, gap));
  const kept = keptByRustc(texts);
  const world = (name: string, value: string | undefined) =>
    truth(atoms.some(([atom, of]) => atom === name && of === value));
  const differ = texts.filter((text, at) => (ours(text, world) === YES) !== kept.has(at));
  expect(differ).toEqual([]);
  expect(kept.size).toBeGreaterThan(COUNT / 10);
  expect(kept.size).toBeLessThan((COUNT * 9) / 10);
});

test.skipIf(set === undefined).each(ARCHS)("our world of %s is rustc's", (arch) => {
  const atoms = printed("--target", `${arch}-unknown-linux-musl`) ?? [];
  const world = cfgWorld({ arch, features: new Set(), cfgs: [], buildScript: () => NO });
  const names = [...new Set(atoms.map(([name]) => name))];
  expect(names).toEqual(expect.arrayContaining(["unix", "target_os", "target_arch", "target_env"]));
  const wrong = atoms.filter(([name, value]) => world(name, value) === NO);
  expect(wrong).toEqual([]);
  const invented = names.filter((name) => world(name, "no such value") === YES);
  expect(invented).toEqual([]);
});
