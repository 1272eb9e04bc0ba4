import { lex } from "../syntax/lexer.ts";
import type { Tokens } from "../syntax/tokens.ts";
import { constCallers } from "./const-callers.ts";
import type { Edit } from "./edits.ts";
import { functionAround, type FunctionTokens } from "./functions.ts";
import type { FixContext, Fixer, Marked, Planned } from "./plan.ts";
import { readInUnsafe } from "./read-in-unsafe.ts";
import type { Source } from "./source.ts";

/**
 * Takes `const` from the function around a read, and from the const functions of the file that call it. Not done where
 * a constant hangs on one of them, nor for a function that other files may call unless their texts are at hand.
 */
export const dropConst: Fixer = (source, marked, context) => {
  const groups = new Map<number, { around: FunctionTokens; marked: Marked[] }>();
  for (const each of marked) {
    const around = functionAround(source.tokens, each.token);
    if (around?.constWord === undefined) continue;
    const group = groups.get(around.brace);
    if (group === undefined) groups.set(around.brace, { around, marked: [each] });
    else group.marked.push(each);
  }
  return [...groups.values()].flatMap((group) => planned(source, group, context) ?? []);
};

function planned(
  source: Source,
  { around, marked }: { around: FunctionTokens; marked: readonly Marked[] },
  context: FixContext,
): Planned | undefined {
  const functions = hangingOn(source.tokens, around);
  if (functions === undefined || !isKnownEverywhere(functions, context)) return undefined;
  const reads = readInUnsafe(source, marked, context);
  const answered = reads.flatMap(({ hints }) => hints);
  if (answered.length < marked.length) return undefined;
  const edits = [
    ...functions.map((each) => withoutConst(source, each)),
    ...reads.flatMap((read) => read.edits),
  ];
  return { title: titleOf(functions, marked), kind: "unsafe", hints: answered, edits };
}

function titleOf(functions: readonly FunctionTokens[], marked: readonly Marked[]): string {
  const symbols = [...new Set(marked.map(({ hint }) => hint.symbol))].join(", ");
  const names = functions.map(({ name }) => `\`${name}\``).join(", ");
  const open = functions.some(({ isPublic }) => isPublic);
  const breaks = open ? "; constants of other crates that call it stop compiling" : "";
  return `drop \`const\` from ${names} and read ${symbols} in \`unsafe\`${breaks}`;
}

/** Most functions that lose `const` together. */
const MOST = 8;

/** A function and the const functions of the same file that call it, over any number of steps. */
function hangingOn(tokens: Tokens, first: FunctionTokens): FunctionTokens[] | undefined {
  const found = new Map([[first.brace, first]]);
  for (const { name } of found.values()) {
    const { functions, elsewhere } = constCallers(tokens, name);
    if (elsewhere) return undefined;
    for (const each of functions) found.set(each.brace, each);
    if (found.size > MOST) return undefined;
  }
  return [...found.values()];
}

/** Whether no other file computes with one of these functions, as far as their texts are known. */
function isKnownEverywhere(functions: readonly FunctionTokens[], { others }: FixContext): boolean {
  if (others === undefined) return functions.every(({ isPublic }) => !isPublic);
  const names = functions.map(({ name }) => name);
  for (const text of others) {
    const mentioned = names.filter((name) => text.includes(name));
    if (mentioned.length === 0) continue;
    const tokens = lex(text);
    for (const name of mentioned) {
      const callers = constCallers(tokens, name);
      if (callers.elsewhere || callers.functions.length > 0) return false;
    }
  }
  return true;
}

function withoutConst({ tokens }: Source, { constWord }: FunctionTokens): Edit {
  const start = tokens.start[constWord!]!;
  return { start, end: tokens.start[constWord! + 1]!, newText: "" };
}
