import { T, type Tokens } from "../syntax/tokens.ts";
import { chainAround, type Chain, type Operand } from "./chains.ts";
import { findBehind } from "./enclosing.ts";
import { hasComment, type Source } from "./source.ts";

/** Alternatives of a pattern that differ in their values only. */
export interface Shape {
  readonly head: string;
  readonly tail: string;
  readonly operands: readonly Operand[];
}

/** What a pattern is around its values; undefined where its alternatives differ in more than values. */
export function shapeOf(
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
