import fc from "fast-check";
import { readCfg } from "../../src/syntax/cfg.ts";
import { evalCfg, NO, UNKNOWN, YES, type CfgWorld, type Truth } from "../../src/syntax/cfg-eval.ts";
import { lex } from "../../src/syntax/lexer.ts";

/** A predicate, made by the tests: they know what it is without reading it. */
export type Predicate =
  | { readonly op: "atom"; readonly name: string; readonly value?: string }
  | { readonly op: "not"; readonly of: Predicate }
  | { readonly op: "all" | "any"; readonly of: readonly Predicate[] };

/** Predicates over given atoms, up to five deep. */
export function predicates(
  atoms: readonly (readonly [name: string, value?: string])[],
): fc.Arbitrary<Predicate> {
  const atom = fc.constantFrom(...atoms).map(([name, value]): Predicate => ({
    op: "atom",
    name,
    ...(value === undefined ? {} : { value }),
  }));
  const { any } = fc.letrec<{ any: Predicate }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      atom,
      fc.record({ op: fc.constant("not" as const), of: tie("any") }),
      fc.record({
        op: fc.constantFrom("all" as const, "any" as const),
        of: fc.array(tie("any"), { maxLength: 4 }),
      }),
    ),
  }));
  return any;
}

/** A predicate as Rust has it, with spaces, comments and commas as somebody may write them. */
export function written(predicate: Predicate, gap = ""): string {
  if (predicate.op === "atom") {
    const { name, value } = predicate;
    return value === undefined ? name : `${name}${gap}=${gap}"${value}"`;
  }
  if (predicate.op === "not") return `not${gap}(${gap}${written(predicate.of, gap)}${gap})`;
  const list = predicate.of.map((one) => written(one, gap)).join(`${gap},`);
  const comma = predicate.of.length > 0 && gap !== "" ? "," : "";
  return `${predicate.op}(${list}${comma}${gap})`;
}

/** What a predicate is in a world where everything is known. */
export function holds(
  predicate: Predicate,
  isSet: (name: string, value?: string) => boolean,
): boolean {
  if (predicate.op === "atom") return isSet(predicate.name, predicate.value);
  if (predicate.op === "not") return !holds(predicate.of, isSet);
  if (predicate.op === "all") return predicate.of.every((one) => holds(one, isSet));
  return predicate.of.some((one) => holds(one, isSet));
}

/** What our reader and our evaluation make of a text. */
export function ours(text: string, world: CfgWorld): Truth {
  const tokens = lex(text);
  return evalCfg(readCfg(tokens, 0, tokens.n).expr, world);
}

/** A yes or no as ours. */
export function truth(value: boolean): Truth {
  return value ? YES : NO;
}

/** Every way in which what is not known could turn out. */
export function completions(
  names: readonly string[],
  known: ReadonlyMap<string, Truth>,
): ReadonlySet<string>[] {
  const open = names.filter((name) => known.get(name) === UNKNOWN);
  const sure = names.filter((name) => known.get(name) === YES);
  return Array.from(
    { length: 2 ** open.length },
    (_, bits) => new Set([...sure, ...open.filter((_, at) => (bits >> at) % 2 === 1)]),
  );
}
