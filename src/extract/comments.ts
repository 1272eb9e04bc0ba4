import type { Tokens } from "../syntax/tokens.ts";

/** A comment of a file. */
export interface Comment {
  /** What stands in it, without its slashes and stars, trimmed. */
  readonly text: string;
  readonly at: number;
  /** Index of the first token behind it. */
  readonly token: number;
  /** `//!` and `/*!`: it speaks about what it stands in. */
  readonly inner: boolean;
}

/** Comments of a file: what stands between tokens and is no white space. */
export function* commentsOf(source: string, tokens: Tokens): Generator<Comment> {
  for (let token = 0; token <= tokens.n; token++) {
    const from = token === 0 ? 0 : tokens.end[token - 1]!;
    const to = tokens.start[token]!;
    let at = source.indexOf("/", from);
    while (at >= 0 && at < to) {
      const end = endOf(source, at, to);
      yield commentAt(source.slice(at, end), at, token);
      at = source.indexOf("/", Math.max(end, at + 1));
    }
  }
}

function endOf(source: string, at: number, limit: number): number {
  if (source.startsWith("//", at)) {
    const newline = source.indexOf("\n", at);
    return newline < 0 ? limit : Math.min(newline, limit);
  }
  let depth = 0;
  for (let i = at; i < limit; i++) {
    if (source.startsWith("/*", i)) depth++;
    else if (source.startsWith("*/", i)) depth--;
    else continue;
    i++;
    if (depth === 0) return i + 1;
  }
  return limit;
}

function commentAt(raw: string, at: number, token: number): Comment {
  const text = raw.replace(/^\/[/*]+!?/u, "").replace(/\*\/$/u, "");
  return { text: text.trim(), at, token, inner: raw.startsWith("//!") || raw.startsWith("/*!") };
}
