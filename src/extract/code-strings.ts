import { stringValue } from "../syntax/strings.ts";
import { T, type Tokens } from "../syntax/tokens.ts";

/** Macros and methods whose strings are read by people. */
const MESSAGES =
  /^(?:panic|assert|assert_eq|assert_ne|debug_assert\w*|unreachable|unimplemented|todo|e?println|e?print|trace|debug|info|warn|error|bail|expect)$/;

/** The strings of a program that writes code, but for messages to people: what they say is not compiled. */
export function codeStrings(t: Tokens): string[] {
  const found: string[] = [];
  for (let at = 0; at < t.n; at++) {
    if (t.kind[at] === T.string) found.push(stringValue(t.text(at)));
    else if (isMessage(t, at)) at = t.match[t.is(at + 1, "!") ? at + 2 : at + 1]!;
  }
  return found;
}

/** `panic!(…)`, `.expect(…)` */
function isMessage(t: Tokens, at: number): boolean {
  if (t.kind[at] !== T.ident || !MESSAGES.test(t.text(at))) return false;
  if (t.is(at, "expect")) return t.is(at - 1, ".") && t.is(at + 1, "(");
  return t.is(at + 1, "!") && t.kind[at + 2] === T.open;
}
