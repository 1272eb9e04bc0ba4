import type { FixHint } from "../model/fix.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import { chainAround, type Chain, type Operand } from "./chains.ts";
import type { Edit } from "./edits.ts";
import {
  armsOf,
  findBefore,
  findBehind,
  isMatchBody,
  openersAround,
  type Arm,
} from "./enclosing.ts";
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

/** Where a pattern stands, and what may follow it. */
interface Place {
  readonly pattern: Operand;
  /** The arm of a `match` or the rest of `matches!`; absent for `if let`. */
  readonly arm?: Arm;
  /** What opens the body of the `match`, or the arguments of `matches!`. */
  readonly brace?: number;
  /** `let` of an `if let`, and the expression behind its `=`. */
  readonly condition?: { readonly word: number; readonly first: number; readonly last: number };
}

function placeOf(tokens: Tokens, token: number): Place | undefined {
  for (const opener of openersAround(tokens, token)) {
    if (isMatchBody(tokens, opener)) {
      const arm = armsOf(tokens, opener).find(
        ({ first, arrow }) => first <= token && token < arrow,
      );
      if (arm === undefined || token > arm.patternLast) return undefined;
      return { pattern: { first: arm.first, last: arm.patternLast }, arm, brace: opener };
    }
    if (isMatchesMacro(tokens, opener)) return inMatchesMacro(tokens, opener, token);
    if (tokens.is(opener, "{") && !isStructPattern(tokens, opener)) break;
  }
  return ifLet(tokens, token);
}

function isMatchesMacro(tokens: Tokens, opener: number): boolean {
  return tokens.is(opener - 1, "!") && tokens.is(opener - 2, "matches");
}

/** `matches!(value, PATTERN if GUARD)`: an arm without a body. */
function inMatchesMacro(tokens: Tokens, opener: number, token: number): Place | undefined {
  const close = tokens.match[opener]!;
  const first = findBehind(tokens, opener + 1, close, (at) => tokens.is(at, ",")) + 1;
  const arrow = findBehind(tokens, first, close, (at) => tokens.is(at, ","));
  const guard = findBehind(tokens, first, arrow, (at) => tokens.is(at, "if"));
  if (token < first || token >= guard) return undefined;
  const arm = { first, patternLast: guard - 1, arrow, ...(guard < arrow ? { guard } : {}) };
  return { pattern: { first, last: guard - 1 }, arm, brace: opener };
}

/** `Name { field: X }`: braces that belong to a pattern. */
function isStructPattern(tokens: Tokens, brace: number): boolean {
  return tokens.kind[brace - 1] === T.ident && /^[A-Z]/u.test(tokens.text(brace - 1));
}

/** `if let PATTERN = EXPRESSION {`, where the pattern compares one value and binds nothing. */
function ifLet(tokens: Tokens, token: number): Place | undefined {
  const outside = openersAround(tokens, token).find((opener) => tokens.is(opener, "{")) ?? -1;
  let word: number | undefined;
  for (let from = token; from > outside && word === undefined; from--)
    if (tokens.is(from, "let")) word = from;
  if (word === undefined || !["if", "while"].some((text) => tokens.is(word - 1, text)))
    return undefined;
  const equals = findBehind(tokens, word, tokens.n, (at) => tokens.is(at, "="));
  const body = findBehind(
    tokens,
    equals,
    tokens.n,
    (at) => tokens.is(at, "{") && !tokens.is(at - 1, "unsafe"),
  );
  if (token > equals || body >= tokens.n) return undefined;
  const isMore = (at: number): boolean =>
    ["match", "if", "async", "|"].some((text) => tokens.is(at, text)) || isAnd(tokens, at);
  if (findBehind(tokens, equals, body, isMore) < body) return undefined;
  const pattern = { first: word + 1, last: equals - 1 };
  return { pattern, condition: { word, first: equals + 1, last: body - 1 } };
}

/** `&&`, which the lexer leaves in two. */
function isAnd(tokens: Tokens, at: number): boolean {
  return tokens.is(at, "&") && tokens.is(at + 1, "&") && tokens.end[at] === tokens.start[at + 1];
}

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

/** Alternatives of a pattern that differ in their values only. */
interface Shape {
  readonly head: string;
  readonly tail: string;
  readonly operands: readonly Operand[];
}

function shapeOf(
  source: Source,
  { first, last }: Operand,
  statics: ReadonlySet<number>,
): Shape | undefined {
  const { tokens } = source;
  const start = tokens.is(first, "|") ? first + 1 : first;
  if (hasComment(source, start, last)) return undefined;
  const shapes: Shape[] = [];
  for (let at = start; at <= last;) {
    const bar = findBehind(tokens, at, last + 1, (each) => tokens.is(each, "|"));
    const shape = alternative(source, { first: at, last: bar - 1 }, statics);
    if (shape === undefined) return undefined;
    shapes.push(shape);
    at = bar + 1;
  }
  const one = shapes[0];
  if (one === undefined || shapes.some(({ head, tail }) => head !== one.head || tail !== one.tail))
    return undefined;
  return { ...one, operands: shapes.flatMap(({ operands }) => operands) };
}

function alternative(
  source: Source,
  bounds: Operand,
  statics: ReadonlySet<number>,
): Shape | undefined {
  const { tokens } = source;
  const inside = valueIn(tokens, bounds, statics);
  const chain: Chain | undefined =
    inside === undefined ? undefined : chainAround(tokens, inside, bounds);
  if (chain === undefined) return undefined;
  for (const each of statics)
    if (each >= bounds.first && each <= bounds.last && (each < chain.first || each > chain.last))
      return undefined;
  const { text } = source;
  return {
    head: text.slice(tokens.start[bounds.first], tokens.start[chain.first]),
    tail: text.slice(tokens.end[chain.last], tokens.end[bounds.last]),
    operands: chain.operands,
  };
}

/** The static of an alternative, else its only value: `Some(2)` beside `Some(libc::X)`. */
function valueIn(
  tokens: Tokens,
  { first, last }: Operand,
  statics: ReadonlySet<number>,
): number | undefined {
  const own = [...statics].find((each) => each >= first && each <= last);
  if (own !== undefined) return own;
  let at = last;
  while (at > first && tokens.kind[at] === T.close) at--;
  return tokens.is(at + 1, "]") || tokens.is(at + 1, "}") ? undefined : at;
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
  return statics.has(last) ? `unsafe { ${text} }` : text;
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
