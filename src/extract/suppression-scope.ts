import { lineAt } from "../syntax/positions.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import type { ItemFact } from "./facts.ts";

/** What a search for suppressions looks at: one file, already cut into tokens and items. */
export interface SuppressionSource {
  readonly source: string;
  readonly tokens: Tokens;
  readonly items: readonly ItemFact[];
  readonly lineStarts: Int32Array;
}

/** Line of the last character before an offset. */
export function lastLineOf({ lineStarts }: SuppressionSource, end: number): number {
  return lineAt(lineStarts, Math.max(0, end - 1));
}

/** Lines of the module or function that an offset stands in: the whole file at the top. */
export function enclosing(file: SuppressionSource, at: number): readonly [number, number] {
  let inside: ItemFact | undefined;
  for (const item of file.items) {
    if (item.parent >= 0 && item.at <= at && at < item.end) inside = item;
  }
  if (inside === undefined) return [1, file.lineStarts.length];
  return [lineAt(file.lineStarts, inside.at), lastLineOf(file, inside.end)];
}

/** Words that may stand between an item's beginning and the place that its fact names. */
const BEFORE_NAME = new Set(
  "pub crate self super in default const async unsafe extern safe fn struct enum union mod trait impl static mut type auto use macro_rules".split(
    " ",
  ),
);

/** The item that begins at a token, attributes before it left out; `undefined` when something else begins there. */
export function itemAt(file: SuppressionSource, token: number): ItemFact | undefined {
  const { tokens, items } = file;
  const names = new Map<number, ItemFact>();
  for (const item of items) if (item.parent >= 0) names.set(item.at, item);
  for (let at = behindAttributes(tokens, token); at < tokens.n; at++) {
    const item = names.get(tokens.start[at]!);
    if (item !== undefined) return item;
    const word = tokens.kind[at] === T.ident && BEFORE_NAME.has(tokens.text(at));
    if (!word && tokens.kind[at] !== T.string && !isOneOf(tokens, at, "()!")) return undefined;
  }
  return undefined;
}

/** First token behind the outer attributes that begin at a token. */
export function behindAttributes(tokens: Tokens, token: number): number {
  let at = token;
  while (tokens.is(at, "#") && tokens.is(at + 1, "[")) at = tokens.match[at + 1]! + 1;
  return at;
}

/** Offset behind the statement, field or arm that begins at a token. */
export function endOfPart(tokens: Tokens, token: number): number {
  for (let at = token; at < tokens.n; at++) {
    if (tokens.kind[at] === T.open) {
      at = Math.max(at, tokens.match[at]!);
      const next = at + 1;
      if (tokens.is(at, "}") && !isOneOf(tokens, next, ".?;,") && !tokens.is(next, "else"))
        return tokens.end[at]!;
    } else if (isOneOf(tokens, at, ";,")) return tokens.end[at]!;
    else if (tokens.kind[at] === T.close) return tokens.start[at]!;
  }
  return tokens.end[tokens.n]!;
}

function isOneOf(tokens: Tokens, at: number, signs: string): boolean {
  return at < tokens.n && [...signs].some((sign) => tokens.is(at, sign));
}
