import { T, type Tokens } from "../syntax/tokens.ts";

/** A path or literal in a pattern, by its tokens. */
export interface Operand {
  readonly first: number;
  readonly last: number;
}

/** Values that a pattern lists with `|` at one place: `A | B` in `Some(A | B)`. */
export interface Chain {
  readonly first: number;
  readonly last: number;
  readonly operands: readonly Operand[];
}

/**
 * The list of values around one of them. Undefined when something that is no plain value stands in it: a range, a
 * binding, a structure.
 */
export function chainAround(tokens: Tokens, inside: number, bounds: Operand): Chain | undefined {
  const operand = operandAt(tokens, inside, bounds);
  if (operand === undefined) return undefined;
  const operands = [operand];
  while (operands[0]!.first > bounds.first && tokens.is(operands[0]!.first - 1, "|")) {
    // NOTE: a leading `|` belongs to the pattern, not to its values.
    if (operands[0]!.first - 1 === bounds.first || tokens.kind[operands[0]!.first - 2] === T.open)
      break;
    const before = operandAt(tokens, operands[0]!.first - 2, bounds);
    if (before === undefined) return undefined;
    operands.unshift(before);
  }
  while (operands.at(-1)!.last < bounds.last && tokens.is(operands.at(-1)!.last + 1, "|")) {
    const next = operandAt(tokens, operands.at(-1)!.last + 2, bounds);
    if (next === undefined) return undefined;
    operands.push(next);
  }
  return { first: operands[0]!.first, last: operands.at(-1)!.last, operands };
}

/** The path or literal that a token is part of; undefined when more is around it than a pattern's own brackets. */
function operandAt(tokens: Tokens, inside: number, bounds: Operand): Operand | undefined {
  const isLiteral = tokens.kind[inside] === T.number || tokens.kind[inside] === T.char;
  if (!isLiteral && tokens.kind[inside] !== T.ident) return undefined;
  let first = inside;
  let last = inside;
  if (isLiteral) {
    if (tokens.is(first - 1, "-")) first -= 1;
  } else {
    while (tokens.is(last + 1, "::") && tokens.kind[last + 2] === T.ident) last += 2;
    while (first > bounds.first && tokens.is(first - 1, "::"))
      first -= tokens.kind[first - 2] === T.ident ? 2 : 1;
    if (tokens.is(first, "crate") && tokens.is(first - 1, "$")) first -= 1;
    if (isBinding(tokens, first, last)) return undefined;
  }
  if (first < bounds.first || last > bounds.last) return undefined;
  const before = first - 1 < bounds.first || BEFORE.some((text) => tokens.is(first - 1, text));
  const behind = last + 1 > bounds.last || BEHIND.some((text) => tokens.is(last + 1, text));
  return before && behind ? { first, last } : undefined;
}

const BEFORE = ["(", "[", "|", ",", ":", "&", "{"];
const BEHIND = [")", "]", "|", ",", "}"];

/** One word in small letters binds what is there; a constant is written otherwise. */
function isBinding(tokens: Tokens, first: number, last: number): boolean {
  return first === last && /^[_a-z]/u.test(tokens.text(first));
}
