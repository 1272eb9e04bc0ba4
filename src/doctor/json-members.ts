/** One member of a JSON object with where it stands. */
export interface JsonMember {
  readonly key: string;
  readonly value: unknown;
  /** Of the key's first quote. */
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * The members of the object that starts at or after an offset. The text must be valid JSON; `JSON.parse` has said so
 * before.
 */
export function membersOf(text: string, from = 0): JsonMember[] {
  const members: JsonMember[] = [];
  let at = text.indexOf("{", from) + 1;
  for (;;) {
    at = skipBlank(text, at);
    if (text[at] !== '"') return members;
    const keyStart = at;
    const keyEnd = endOfString(text, at);
    const valueStart = skipBlank(text, skipBlank(text, keyEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.push({
      key: String(JSON.parse(text.slice(keyStart, keyEnd))),
      value: JSON.parse(text.slice(valueStart, valueEnd)),
      keyStart,
      valueStart,
      valueEnd,
    });
    at = skipBlank(text, valueEnd);
    if (text[at] !== ",") return members;
    at += 1;
  }
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text[at] ?? "")) at += 1;
  return at;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfString(text, from);
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const here = text[at] ?? "";
    if (here === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (here === "{" || here === "[") depth += 1;
    if (here === "}" || here === "]") depth -= 1;
    if (depth < 0 || (depth === 0 && /[\s,]/u.test(here))) return at;
    at += 1;
    if (depth === 0 && (here === "}" || here === "]")) return at;
  }
  return at;
}
