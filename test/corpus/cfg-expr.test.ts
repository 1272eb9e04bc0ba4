import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ARCHS, type Arch } from "../../src/model/host.ts";
import { cfgWorld } from "../../src/resolve/world.ts";
import { NO, UNKNOWN, YES, type CfgWorld, type Truth } from "../../src/syntax/cfg-eval.ts";
import { ours, predicates, written } from "../fuzz/expressions.ts";
import { mutants } from "../fuzz/mutate.ts";

const COUNT = 5000;
const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-cfg-expr-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LETTER = new Map<Truth, string>([
  [YES, "y"],
  [NO, "n"],
  [UNKNOWN, "u"],
]);

/** Names that are no property of a target: features, cfgs of a build script, names of a test's own. */
const OWN: readonly (readonly [name: string, value: string | undefined, truth: Truth])[] = [
  ["feature", "given", YES],
  ["feature", "absent", NO],
  ["of_a_script", undefined, UNKNOWN],
  ["of_a_script", "with value", UNKNOWN],
  ["set", undefined, YES],
  ["unset", undefined, NO],
  ["test", undefined, NO],
];
const OF_TARGET: readonly (readonly [name: string, value?: string])[] = [
  ["unix"],
  ["windows"],
  ["target_family", "unix"],
  ["target_family", "wasm"],
  ["target_os", "linux"],
  ["target_os", "macos"],
  ["target_os", "windows"],
  ["target_env", "musl"],
  ["target_env", "gnu"],
  ["target_arch", "x86_64"],
  ["target_arch", "aarch64"],
  ["target_endian", "little"],
  ["target_endian", "big"],
  ["target_pointer_width", "64"],
  ["target_pointer_width", "32"],
  ["target_has_atomic", "8"],
  ["target_has_atomic", "128"],
  ["target_vendor", "unknown"],
  ["target_vendor", "apple"],
];

function worldOf(arch: Arch): CfgWorld {
  const world = cfgWorld({ arch, features: new Set(), cfgs: [], buildScript: () => NO });
  return (name, value) =>
    OWN.find(([own, of]) => own === name && of === value)?.[2] ?? world(name, value);
}

/** The program that asks the crate; undefined where it can't be built. */
function build(): string | undefined {
  cpSync(path.join(import.meta.dirname, "cfg-expr"), dir, { recursive: true });
  const built = spawnSync("cargo", ["build", "--quiet"], { cwd: dir, encoding: "utf8" });
  if (built.status === 0) return path.join(dir, "target/debug/cfg-by-another");
  process.stderr.write(`cfg against cfg-expr (SKIPPED: ${built.error?.message ?? built.stderr})\n`);
  return undefined;
}

const program = build();

function theirs(arch: Arch, texts: readonly string[]): string[] {
  const facts = OWN.map(([name, value = "", truth]) => `is ${name}|${value}|${LETTER.get(truth)}`);
  const asked = texts.map((text) => `eval ${text}`);
  const input = [`target ${arch}-unknown-linux-musl`, ...facts, ...asked, ""].join("\n");
  const { status, stdout, stderr } = spawnSync(program!, { input, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return stdout.trim().split("\n");
}

/** Predicates about which the two say different things, with what they say. */
function differences(arch: Arch, texts: readonly string[]): string[] {
  const world = worldOf(arch);
  return theirs(arch, texts).flatMap((letter, at) => {
    if (letter === "e") return [];
    const own = LETTER.get(ours(texts[at]!, world))!;
    return own === letter
      ? []
      : [`${JSON.stringify(texts[at])}: ${own}, and ${letter} by cfg-expr`];
  });
}

const atoms = [
  ...OF_TARGET,
  ...OWN.map(([name, value]) =>
    value === undefined ? ([name] as const) : ([name, value] as const),
  ),
];
const some = fc.tuple(predicates(atoms), fc.constantFrom("", " ", "  "));

test.skipIf(program === undefined).each(ARCHS)(
  `${COUNT} predicates are what cfg-expr takes them for on %s, known or not`,
  (arch) => {
    const samples = fc.sample(some, { numRuns: COUNT, seed: 11 });
    const texts = samples.map(([predicate, gap]) => written(predicate, gap));
    const answers = theirs(arch, texts);
    expect(answers).not.toContain("e");
    for (const letter of LETTER.values())
      expect(answers.filter((one) => one === letter).length).toBeGreaterThan(COUNT / 20);
    expect(differences(arch, texts)).toEqual([]);
  },
);

test.skipIf(program === undefined)("broken ones are never read as something else", () => {
  const whole = fc.sample(some, { numRuns: 200, seed: 13 });
  const broken = mutants(
    whole.map(([predicate, gap]) => written(predicate, gap)),
    ["all(", "any(", "not(", ...atoms.map(([name]) => name)],
  );
  const texts = fc
    .sample(broken, { numRuns: COUNT, seed: 17 })
    .filter((text) => !/[\r\n\p{Cs}]/u.test(text));
  expect(theirs("x86_64", texts)).toContain("e");
  expect(differences("x86_64", texts)).toEqual([]);
});
