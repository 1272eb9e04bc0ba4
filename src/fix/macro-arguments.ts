import { lex } from "../syntax/lexer.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import { openersAround } from "./enclosing.ts";
import type { PathTokens } from "./paths.ts";
import type { OtherFile } from "./plan.ts";
import type { Source } from "./source.ts";

/** As what a path is taken where it stands; `unknown` in a macro whose definition is not at hand. */
type Taken = "expression" | "name" | "unknown";

/** Macros of std that take expressions. */
const TAKE_EXPRESSIONS = new Set(
  "print println eprint eprintln format format_args write writeln panic assert assert_eq assert_ne debug_assert debug_assert_eq debug_assert_ne vec dbg unreachable todo".split(
    " ",
  ),
);

/**
 * Whether an expression may stand in the place of a path. In the arguments of a macro that hangs on the macro: one that
 * takes a path or a name puts it together with other words.
 */
export function takenAs(
  source: Source,
  path: PathTokens,
  others: readonly OtherFile[] | undefined,
): Taken {
  const { tokens } = source;
  for (const opener of openersAround(tokens, path.first)) {
    const isMacro = tokens.is(opener - 1, "!") && tokens.kind[opener - 2] === T.ident;
    if (isMacro) {
      const name = tokens.text(opener - 2);
      if (TAKE_EXPRESSIONS.has(name) || isOperand(tokens, path)) return "expression";
      return definedToTake(name, tokens, others);
    }
    if (tokens.is(opener, "{")) return "expression";
  }
  return "expression";
}

const OPERATORS = ["|", "+", "-", "*", "/", "&", "^", "==", "!=", "<", ">", "<="];

function isOperand(tokens: Tokens, { first, last }: PathTokens): boolean {
  return OPERATORS.some((text) => tokens.is(first - 1, text) || tokens.is(last + 1, text));
}

function definedToTake(name: string, tokens: Tokens, others: readonly OtherFile[] = []): Taken {
  const own = takes(tokens, name);
  if (own !== undefined) return own;
  for (const { text } of others) {
    if (!text.includes("macro_rules") || !text.includes(name)) continue;
    const there = takes(lex(text), name);
    if (there !== undefined) return there;
  }
  return "unknown";
}

const NAMES = new Set(["path", "ident", "ty", "tt", "pat", "pat_param", "literal", "item"]);

/** What the fragments of a macro say that is defined in a file; one that takes names may take them anywhere. */
function takes(tokens: Tokens, name: string): Taken | undefined {
  for (let at = 0; at < tokens.n; at++) {
    if (!tokens.is(at, "macro_rules") || !tokens.is(at + 1, "!") || !tokens.is(at + 2, name))
      continue;
    for (let inside = at + 3; inside < tokens.match[at + 3]!; inside++) {
      const isFragment = tokens.is(inside, "$") && tokens.is(inside + 2, ":");
      if (isFragment && NAMES.has(tokens.text(inside + 3))) return "name";
    }
    return "expression";
  }
  return undefined;
}
