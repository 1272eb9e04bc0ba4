import { lex } from "../syntax/lexer.ts";
import { lineStartsOf } from "../syntax/positions.ts";
import type { Tokens } from "../syntax/tokens.ts";
import { readAttributes } from "./attributes.ts";
import { FactsBuilder } from "./builder.ts";
import { errnoLiterals } from "./errno.ts";
import type { FileFacts } from "./facts.ts";
import { startsItem } from "./item-start.ts";
import { readItems } from "./items.ts";
import { readPattern } from "./patterns.ts";
import { contextCode, Reader } from "./reader.ts";
import { readStatements } from "./statements.ts";
import { findSuppressions } from "./suppressions.ts";
import { readType } from "./types.ts";

/**
 * Read one Rust source file.
 *
 * Pure: knows no target, no rule and no disk. Never throws on any text; what it can't read is in `problems`.
 */
export function extractFile(source: string): FileFacts {
  const out = new FactsBuilder();
  const tokens = lex(source);
  for (const problem of tokens.problems) out.problems.push(problem);
  readModule(new Reader({ tokens, out, source }));
  if (mayAskErrno(source) && ASKS_ERRNO.test(source)) noteErrno(tokens, out);
  const lineStarts = lineStartsOf(source);
  const facts = out.finish(lineStarts);
  const suppressions = findSuppressions({ source, tokens, items: out.items, lineStarts });
  return suppressions.length === 0 ? facts : { ...facts, suppressions };
}

/** Searching for words is faster than a pattern of alternatives, and most files have none of them. */
function mayAskErrno(source: string): boolean {
  return source.includes("os_error") || source.includes("errno");
}

const ASKS_ERRNO = /raw_os_error|\berrno\b|last_os_error/;

function noteErrno(tokens: Tokens, out: FactsBuilder): void {
  const itemAt = innermostItems(out);
  for (const { index, value } of errnoLiterals(tokens)) {
    const at = tokens.start[index]!;
    const item = itemAt(at);
    const context = out.items[item]?.kind === "const" ? "const-item" : "safe-expr";
    out.literals.push({
      kind: "errno-literal",
      text: value,
      at,
      end: tokens.end[index]!,
      item,
      cfg: 0,
      context: contextCode(context),
    });
  }
}

/**
 * The innermost item around a place, for places in ascending order: items stand in the order of their beginnings,
 * and one ends inside the other.
 */
function innermostItems(out: FactsBuilder): (at: number) => number {
  const around: number[] = [0];
  let next = 1;
  return (at) => {
    for (; next < out.items.length && out.items[next]!.at <= at; next++) around.push(next);
    while (around.length > 1 && out.items[around.at(-1)!]!.end <= at) around.pop();
    return around.at(-1)!;
  };
}

/** Expansions have no lines of their own. */
const NO_LINES = new Int32Array(0);

/** Read the tokens of a macro expansion as items; offsets and files are those of the tokens. */
export function extractTokens(tokens: Tokens): FileFacts {
  const out = new FactsBuilder();
  readModule(new Reader({ tokens, out }));
  return out.finish(NO_LINES);
}

function readModule(r: Reader): void {
  const inner = readAttributes(r, true);
  const attributes = inner.others.filter((text) => text.startsWith("recursion_limit="));
  r.out.add({
    kind: "mod",
    name: "",
    parent: -1,
    cfg: 0,
    at: 0,
    end: r.t.end[r.t.n]!,
    vis: "pub",
    inline: true,
    ...(attributes.length > 0 && { attributes }),
  });
  r.out.items[0]!.cfg = r.out.cfg(inner.cfg);
  readItems(r, r.t.n);
}

/** Read the tokens of a macro expansion that stands inside a body; `context` is a code of `CONTEXTS`. */
export function extractBody(
  tokens: Tokens,
  as: "expr" | "pattern" | "type",
  context: number,
  source?: string,
): FileFacts {
  const out = new FactsBuilder();
  const r = new Reader({ tokens, out, ...(source === undefined ? {} : { source }) });
  out.add({ kind: "fn", name: "", parent: -1, cfg: 0, at: 0, end: 0, vis: "private" });
  r.context = context;
  if (as === "pattern") readPattern(r, tokens.n);
  else if (as === "type") readType(r);
  const amongStatements = as === "expr" && opensWithItem(r);
  if (r.i < tokens.n) readStatements(r, tokens.n);
  const facts = out.finish(NO_LINES);
  return amongStatements ? { ...facts, amongStatements } : facts;
}

/** Read a file that an `include!` brings into a body: an expression, or statements. */
export function extractBodyFile(source: string): FileFacts {
  const tokens = lex(source);
  const facts = extractBody(tokens, "expr", contextCode("safe-expr"), source);
  const problems = [...tokens.problems, ...facts.problems];
  return { ...facts, problems, lineStarts: lineStartsOf(source) };
}

/** Whether facts are those of such a file. */
export function isBodyFile({ items }: FileFacts): boolean {
  return items[0]?.kind === "fn";
}

/** An item is no expression: such an expansion stands among the statements of a body. */
function opensWithItem(r: Reader): boolean {
  const start = r.i;
  readAttributes(r);
  const opens = startsItem(r);
  r.i = start;
  return opens;
}
