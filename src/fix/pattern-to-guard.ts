import type { FixHint } from "../model/fix.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import type { Operand } from "./chains.ts";
import type { Edit } from "./edits.ts";
import { findBefore, openersAround, type Arm } from "./enclosing.ts";
import { functionOf } from "./functions.ts";
import { isMatchesMacro, placeOf, type Place } from "./pattern-places.ts";
import { shapeOf } from "./pattern-shapes.ts";
import type { Fixer, Marked, Planned } from "./plan.ts";
import { hasComment, textOf, type Source } from "./source.ts";

/**
 * A pattern takes constants only. `libc::X => …` becomes `value if value == unsafe { libc::X } => …`, also inside of
 * `Some(…)` and the like and for several values; `if let Some(libc::X) = e` becomes a comparison.
 */
export const patternToGuard: Fixer = (source, marked) => {
  const groups = new Map<number, { place: Place; marked: Marked[] }>();
  for (const each of marked) {
    const place = placeOf(source.tokens, each.token);
    if (place === undefined) continue;
    const group = groups.get(place.pattern.first);
    if (group === undefined) groups.set(place.pattern.first, { place, marked: [each] });
    else group.marked.push(each);
  }
  return [...groups.values()].flatMap(
    ({ place, marked: inside }) => planned(source, place, inside) ?? [],
  );
};

function planned(source: Source, place: Place, marked: readonly Marked[]): Planned | undefined {
  const hints = marked.map(({ hint }) => hint);
  const statics = new Set(marked.map(({ token }) => token));
  const edits =
    place.arm === undefined
      ? comparison(source, place, statics)
      : guarded(source, place, place.arm, statics);
  if (edits === undefined) return undefined;
  return { title: titleOf(hints, place), kind: "unsafe", hints, edits };
}

function titleOf(hints: readonly FixHint[], { arm }: Place): string {
  const names = [...new Set(hints.map(({ symbol }) => symbol))].join(", ");
  return arm === undefined
    ? `compare with ${names} instead of matching`
    : `compare with ${names} in a guard`;
}

function guarded(
  source: Source,
  { pattern, brace }: Place,
  arm: Arm,
  statics: ReadonlySet<number>,
): Edit[] | undefined {
  const { tokens } = source;
  const shape = shapeOf(source, pattern, statics);
  if (shape === undefined || brace === undefined || matchesReference(tokens, brace))
    return undefined;
  const name = freeName(tokens, brace, tokens.match[brace]!);
  const tests = shape.operands.map(
    (operand) => `${name} == ${valueText(source, operand, statics)}`,
  );
  const binding = `${shape.head}${name}${shape.tail}`;
  const start = tokens.start[pattern.first]!;
  if (arm.guard === undefined)
    return [
      { start, end: tokens.end[pattern.last]!, newText: `${binding} if ${tests.join(" || ")}` },
    ];
  if (tokens.is(arm.guard + 1, "let")) return undefined;
  const all = tests.length === 1 ? tests[0]! : `(${tests.join(" || ")})`;
  const rest = textOf(source, arm.guard + 1, arm.arrow - 1);
  if (hasComment(source, arm.guard, arm.arrow - 1)) return undefined;
  const newText = `${binding} if ${all} && (${rest})`;
  return [{ start, end: tokens.end[arm.arrow - 1]!, newText }];
}

/** `match &x`: what a name binds there is a reference, and does not compare with a number. */
function matchesReference(tokens: Tokens, brace: number): boolean {
  if (isMatchesMacro(tokens, brace)) return tokens.is(brace + 1, "&");
  const word = findBefore(tokens, brace, (at) => (tokens.is(at, "match") ? "found" : "on"));
  return word !== undefined && tokens.is(word + 1, "&");
}

function valueText(source: Source, { first, last }: Operand, statics: ReadonlySet<number>): string {
  const text = textOf(source, first, last);
  const needsBlock = statics.has(last) && !isInUnsafe(source.tokens, first);
  return needsBlock ? `unsafe { ${text} }` : text;
}

/** Whether an `unsafe` block of the same function is around a token. */
function isInUnsafe(tokens: Tokens, token: number): boolean {
  for (const opener of openersAround(tokens, token)) {
    if (tokens.is(opener, "{") && tokens.is(opener - 1, "unsafe")) return true;
    if (functionOf(tokens, opener) !== undefined) return false;
  }
  return false;
}

const NAMES = ["value", "number", "code", "found", "given"];

/** A name that nothing between two tokens has yet. */
function freeName(tokens: Tokens, first: number, last: number): string {
  const used = new Set<string>();
  for (let at = first; at < last; at++) if (tokens.kind[at] === T.ident) used.add(tokens.text(at));
  return NAMES.find((name) => !used.has(name)) ?? `value_${first}`;
}

function comparison(
  source: Source,
  place: Place,
  statics: ReadonlySet<number>,
): Edit[] | undefined {
  const { pattern, condition } = place;
  const { tokens } = source;
  if (condition === undefined) return undefined;
  const shape = shapeOf(source, pattern, statics);
  if (shape === undefined || !/^(?:Some\s*\(\s*)?$/u.test(shape.head)) return undefined;
  if (hasComment(source, condition.word, condition.last)) return undefined;
  const value = textOf(source, condition.first, condition.last);
  const wanted = shape.operands.map((operand) => valueText(source, operand, statics));
  const name = freeName(tokens, pattern.first, condition.last);
  const tests = wanted.map((each) => `${name} == ${each}`).join(" || ");
  const newText =
    wanted.length === 1
      ? `${value} == ${shape.head}${wanted.join("")}${shape.tail}`
      : `matches!(${value}, ${shape.head}${name}${shape.tail} if ${tests})`;
  return [{ start: tokens.start[condition.word]!, end: tokens.end[condition.last]!, newText }];
}
