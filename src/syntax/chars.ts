/** Codes of the characters that the lexer asks about most. */
export const SLASH = 47;
export const STAR = 42;
export const QUOTE = 34;
export const APOSTROPHE = 39;
export const BACKSLASH = 92;
export const HASH = 35;
export const DOT = 46;
export const UNDERSCORE = 95;

export function isSpace(c: number): boolean {
  return (
    c === 32 ||
    (c >= 9 && c <= 13) ||
    c === 0x85 ||
    c === 0x200e ||
    c === 0x200f ||
    c === 0x2028 ||
    c === 0x2029
  );
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

export function isIdentStart(c: number): boolean {
  return (
    (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === UNDERSCORE || (c >= 0xa0 && !isSpace(c))
  );
}

export function isIdentPart(c: number): boolean {
  return isIdentStart(c) || isDigit(c);
}
