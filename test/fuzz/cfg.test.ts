import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCfg } from "../../src/syntax/cfg.ts";
import { NO, UNKNOWN, YES, type Truth } from "../../src/syntax/cfg-eval.ts";
import { lex } from "../../src/syntax/lexer.ts";
import { completions, holds, ours, predicates, truth, written } from "./expressions.ts";
import { tries } from "./invariants.ts";
import { mutants } from "./mutate.ts";

const NAMES = ["a", "b", "c", "unix", "r#type"];
const PLAIN = NAMES.map((name) => name.replace("r#", ""));
const any = predicates(NAMES.map((name) => [name] as const));
const gap = fc.constantFrom("", " ", "\n", "/* , ) */", "// )\n");

describe("cfg predicates", () => {
  it("are what they are by definition, however they are written", () => {
    const check = (): void =>
      fc.assert(
        fc.property(any, gap, fc.subarray(PLAIN), (predicate, between, set) => {
          const isSet = (name: string): boolean => set.includes(name.replace("r#", ""));
          const found = ours(written(predicate, between), (name) => truth(set.includes(name)));
          expect(found, written(predicate, between)).toBe(truth(holds(predicate, isSet)));
        }),
        tries(2000),
      );
    expect(check).not.toThrow();
  });

  it("are never sure of what could turn out the other way", () => {
    const world = fc.tuple(...PLAIN.map(() => fc.constantFrom<Truth>(NO, UNKNOWN, YES)));
    const check = (): void =>
      fc.assert(
        fc.property(any, world, (predicate, values) => {
          const known = new Map(PLAIN.map((name, at) => [name, values[at]!]));
          const found = ours(written(predicate), (name) => known.get(name) ?? NO);
          if (found === UNKNOWN) return;
          for (const set of completions(PLAIN, known))
            expect(truth(holds(predicate, (name) => set.has(name.replace("r#", ""))))).toBe(found);
        }),
        tries(1000),
      );
    expect(check).not.toThrow();
  });

  it("that are no predicates are read to an end all the same", () => {
    const texts = [
      'all(unix, not(target_os = "macos"), any(a, b))',
      'feature = r#"x"#',
      "not(not(not(a)))",
    ];
    const words = ["all(", "any(", "not(", ")", ",", '= "x"', "target(os", "true", "version("];
    const check = (): void =>
      fc.assert(
        fc.property(mutants(texts, words), (text) => {
          const tokens = lex(text);
          const { next } = readCfg(tokens, 0, tokens.n);
          expect(next).toBeLessThanOrEqual(tokens.n + 1);
          expect([NO, UNKNOWN, YES]).toContain(ours(text, () => UNKNOWN));
        }),
        tries(1000),
      );
    expect(check).not.toThrow();
  });
});
