import { T, type Tokens } from "../syntax/tokens.ts";
import type { Edit } from "./edits.ts";
import { pathEndingAt, type PathTokens } from "./paths.ts";
import type { Fixer, Marked, Planned } from "./plan.ts";
import { hasComment, textOf, type Source } from "./source.ts";

interface Read extends PathTokens {
  readonly marked: readonly Marked[];
}

/**
 * `libc::X` becomes `unsafe { libc::X }`. Reads that are joined by `|` and nothing else share one block.
 */
export const readInUnsafe: Fixer = (source, marked) => {
  const reads = marked
    .toSorted((a, b) => a.token - b.token)
    .flatMap((each): Read[] => {
      const path = pathEndingAt(source.tokens, each.token);
      return path === undefined ? [] : [{ ...path, marked: [each] }];
    });
  return joined(source, reads).map((read) => planned(source, read));
};

function planned(source: Source, read: Read): Planned {
  const names = [...new Set(read.marked.map(({ hint }) => hint.symbol))];
  return {
    title: `read ${names.join(", ")} in \`unsafe\``,
    kind: "safe",
    hints: read.marked.map(({ hint }) => hint),
    edits: [wrapped(source, read)],
  };
}

/** The edit that puts some tokens of an expression into an `unsafe` block. */
export function wrapped(source: Source, { first, last }: PathTokens): Edit {
  const { tokens } = source;
  const block = `unsafe { ${textOf(source, first, last)} }`;
  // NOTE: a statement that begins with a block ends with it; parentheses keep what follows in the expression.
  const newText =
    beginsStatement(tokens, first) && !endsExpression(tokens, last + 1) ? `(${block})` : block;
  return { start: tokens.start[first]!, end: tokens.end[last]!, newText };
}

function beginsStatement(tokens: Tokens, first: number): boolean {
  const before = first - 1;
  if (before < 0 || ["{", "}", ";", "=>"].some((text) => tokens.is(before, text))) return true;
  return tokens.is(before, "]") && tokens.is(tokens.match[before]! - 1, "#");
}

function endsExpression(tokens: Tokens, next: number): boolean {
  return (
    tokens.kind[next] === T.end ||
    tokens.kind[next] === T.close ||
    [";", ","].some((text) => tokens.is(next, text))
  );
}

/** Makes one read of neighbours in a chain of `|` that stands by itself. */
function joined(source: Source, reads: readonly Read[]): Read[] {
  const kept: Read[] = [];
  for (const read of reads) {
    const before = kept.at(-1);
    if (before !== undefined && areNeighbours(source, before, read))
      kept[kept.length - 1] = {
        first: before.first,
        last: read.last,
        marked: [...before.marked, ...read.marked],
      };
    else kept.push(read);
  }
  return kept;
}

function areNeighbours(source: Source, before: Read, read: Read): boolean {
  const { tokens } = source;
  const isChain = read.first === before.last + 2 && tokens.is(before.last + 1, "|");
  // NOTE: `a & B | C` binds otherwise once `B | C` is in a block.
  return (
    isChain &&
    isFree(tokens, before.first) &&
    !hasComment(source, before.first, read.last) &&
    isFreeBehind(tokens, read.last)
  );
}

function isFree(tokens: Tokens, first: number): boolean {
  return ["(", ",", "=", "{", ";", "return", "[", "=>", ":"].some((text) =>
    tokens.is(first - 1, text),
  );
}

function isFreeBehind(tokens: Tokens, last: number): boolean {
  return endsExpression(tokens, last + 1) || tokens.is(last + 1, "|");
}
