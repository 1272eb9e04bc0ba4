import { T, type Tokens } from "../syntax/tokens.ts";
import type { Edit } from "./edits.ts";
import { openersAround } from "./enclosing.ts";
import { takenAs } from "./macro-arguments.ts";
import { pathEndingAt, type PathTokens } from "./paths.ts";
import type { Fixer, Marked, Planned } from "./plan.ts";
import { hasComment, textOf, type Source } from "./source.ts";

interface Read extends PathTokens {
  readonly marked: readonly Marked[];
  readonly isSure: boolean;
}

/**
 * `libc::X` becomes `unsafe { libc::X }`. Reads that are joined by `|` and nothing else share one block.
 */
export const readInUnsafe: Fixer = (source, marked, { forbidsUnsafe = false, others }) => {
  const forbidden = forbidsUnsafe || refusesUnsafe(source.text);
  const reads = marked
    .toSorted((a, b) => a.token - b.token)
    .flatMap((each): Read[] => {
      const path = pathEndingAt(source.tokens, each.token);
      if (path === undefined || isFieldAlone(source.tokens, path)) return [];
      const taken = takenAs(source, path, others);
      return taken === "name" ? [] : [{ ...path, marked: [each], isSure: taken === "expression" }];
    });
  return joined(source, reads).map((read) => {
    const fix = planned(source, read);
    if (!read.isSure)
      return { ...fix, kind: "unsafe", title: `${fix.title}, if the macro takes it` };
    return forbidden
      ? { ...fix, kind: "unsafe", title: `${fix.title}, which this crate forbids` }
      : fix;
  });
};

/** Whether the text of a crate's root, or of its manifest, says that there must be no `unsafe`. */
export function refusesUnsafe(text: string): boolean {
  return IN_CODE.test(text) || IN_MANIFEST.test(text);
}

const IN_CODE = /#!\[(?:forbid|deny)\([^\])]*\bunsafe_code\b/u;
const IN_MANIFEST = /^unsafe_code\s*=\s*(?:"(?:forbid|deny)"|\{[^}]*"(?:forbid|deny)")/mu;

/** A field that is given by its name: `S { NAME }`. */
function isFieldAlone(tokens: Tokens, { first: name, last }: PathTokens): boolean {
  const brace = openersAround(tokens, name)[0] ?? -1;
  if (name !== last || !tokens.is(brace, "{")) return false;
  const isStruct = tokens.kind[brace - 1] === T.ident && /^[A-Z]/u.test(tokens.text(brace - 1));
  const alone =
    [",", "{"].some((text) => tokens.is(name - 1, text)) &&
    [",", "}"].some((text) => tokens.is(name + 1, text));
  return isStruct && alone;
}

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
        isSure: before.isSure && read.isSure,
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
