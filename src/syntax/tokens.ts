/** Kinds of token. Comments and white space are no tokens. */
export const T = {
  end: 0,
  ident: 1,
  lifetime: 2,
  number: 3,
  string: 4,
  char: 5,
  punct: 6,
  open: 7,
  close: 8,
} as const;
export type TokenKind = (typeof T)[keyof typeof T];

/** A stretch of source that the lexer or a reader could not make sense of. */
export interface SyntaxProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/**
 * The tokens of one file, or of one macro expansion, as parallel arrays.
 *
 * Offsets count UTF-16 units from the start of the file that a token was written in. Index `n` is a sentinel
 * of kind `end`, so that looking one past the last token is safe.
 */
export interface Tokens {
  readonly n: number;
  readonly kind: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** For an opening delimiter the index of its closing one, and the other way round; -1 for all else. */
  readonly match: Int32Array;
  /** Spelling of a token; a raw identifier without its `r#`. */
  text(index: number): string;
  /** Whether a token is spelled like this; a raw identifier is no keyword. Cheaper than `text`. */
  is(index: number, text: string): boolean;
  /** Which file a token was written in: 0 is the file at hand; others only occur in expansions. */
  fileOf(index: number): number;
  readonly problems: readonly SyntaxProblem[];
}

/** A view of lexed source: spellings are cut out of it on demand. */
export function tokensOfSource(
  source: string,
  arrays: Omit<Tokens, "text" | "is" | "fileOf">,
): Tokens {
  const { start: starts, end: ends, kind } = arrays;
  let lastIndex = -1;
  let lastText = "";
  return {
    ...arrays,
    is(index, text) {
      const start = starts[index]!;
      if (ends[index]! - start !== text.length) return false;
      if (source.charCodeAt(start) !== text.charCodeAt(0)) return false;
      return text.length === 1 || source.startsWith(text, start);
    },
    // the token at hand is asked for again and again
    text(index) {
      if (index === lastIndex) return lastText;
      const start = starts[index]!;
      const raw = kind[index] === T.ident && isRaw(source, start);
      lastIndex = index;
      return (lastText = source.slice(raw ? start + 2 : start, ends[index]));
    },
    fileOf: () => 0,
  };
}

/** `r#` at the beginning of an identifier. */
function isRaw(source: string, start: number): boolean {
  return source.charCodeAt(start) === 114 && source.charCodeAt(start + 1) === 35;
}

/** Fill `match` for tokens in order; unbalanced delimiters match the last token and are reported. */
export function matchDelimiters(
  n: number,
  kind: Uint8Array,
  opener: (index: number) => string,
  match: Int32Array,
): number[] {
  const stack: number[] = [];
  const unbalanced: number[] = [];
  for (let i = 0; i < n; i++) {
    if (kind[i] === T.open) stack.push(i);
    else if (kind[i] === T.close) closeOne(i);
  }
  for (const i of stack) {
    match[i] = n;
    unbalanced.push(i);
  }
  return unbalanced;

  function closeOne(i: number): void {
    const want = PARTNER[opener(i)];
    let depth = stack.length - 1;
    while (depth >= 0 && opener(stack[depth]!) !== want) depth--;
    if (depth < 0) {
      unbalanced.push(i);
      match[i] = i;
      return;
    }
    // An opener that was skipped ends where the enclosing one does: the damage stays inside.
    while (stack.length - 1 > depth) {
      const lost = stack.pop()!;
      match[lost] = i;
      unbalanced.push(lost);
    }
    const open = stack.pop()!;
    match[open] = i;
    match[i] = open;
  }
}

const PARTNER: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
