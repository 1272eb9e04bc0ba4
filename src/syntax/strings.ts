const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/**
 * What a string literal of Rust stands for, escapes read; text that is no string literal comes back as it is. A NUL at
 * the end, as C wants it, is no part of the text.
 */
export function stringValue(literal: string): string {
  const match = /^(?:b|c)?(r?)(#*)"([\s\S]*)"\2$/.exec(literal);
  if (match === null) return literal;
  const [, raw, , content = ""] = match;
  return (raw === "r" ? content : unescaped(content)).replace(/\0$/, "");
}

/** So much of a literal holds more of its text than anybody asks for by its beginning. */
const BEGINNING = 256;

/** The same, of long literals at least the first 20 units: tables of bytes are thousands of escapes. */
export function beginningOf(literal: string): string {
  if (literal.length <= BEGINNING) return stringValue(literal);
  const head = /^(?:b|c)?(r?)#*"/.exec(literal);
  // the line may go on behind any number of blanks
  if (head === null || /\\\r?\n/.test(literal.slice(0, BEGINNING))) return stringValue(literal);
  const content = literal.slice(head[0].length, BEGINNING);
  return head[1] === "r" ? content : unescaped(content);
}

function unescaped(content: string): string {
  if (!content.includes("\\")) return content;
  return content.replace(
    /\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f_]{1,9})\}|\r?\n\s*|([\s\S]))/g,
    (all, byte?: string, code?: string, one?: string) => {
      if (one !== undefined) return ESCAPES[one] ?? all;
      const value = Number.parseInt((byte ?? code ?? "").replaceAll("_", ""), 16);
      if (Number.isNaN(value)) return "";
      return value > 0x10ffff ? all : String.fromCodePoint(value);
    },
  );
}
