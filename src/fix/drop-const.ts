import { lex } from "../syntax/lexer.ts";
import type { Tokens } from "../syntax/tokens.ts";
import { constCallers } from "./const-callers.ts";
import type { Edit } from "./edits.ts";
import { functionAround, type FunctionTokens } from "./functions.ts";
import type { FixContext, Fixer, Marked, OtherFile, Planned } from "./plan.ts";
import { readInUnsafe } from "./read-in-unsafe.ts";
import type { Source } from "./source.ts";

/**
 * Takes `const` from the function around a read, and from the const functions that call it. Not done where a constant
 * hangs on one of them, nor for a function that other files may call unless their texts are at hand.
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
  const losing = hangingOn(source, around, context);
  if (losing === undefined) return undefined;
  const reads = readInUnsafe(source, marked, context);
  const answered = reads.flatMap(({ hints }) => hints);
  if (answered.length < marked.length) return undefined;
  const own = losing.filter(({ file }) => file === undefined).map(withoutConst);
  const elsewhere = inOtherFiles(losing);
  return {
    title: titleOf(
      losing.map(({ of }) => of),
      marked,
    ),
    kind: "unsafe",
    hints: answered,
    edits: [...own, ...reads.flatMap((read) => read.edits)],
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  };
}

function titleOf(functions: readonly FunctionTokens[], marked: readonly Marked[]): string {
  const symbols = [...new Set(marked.map(({ hint }) => hint.symbol))].join(", ");
  const names = functions.map(({ name }) => `\`${name}\``).join(", ");
  const open = functions.some(({ isPublic }) => isPublic);
  const breaks = open ? "; constants of other crates that call it stop compiling" : "";
  return `drop \`const\` from ${names} and read ${symbols} in \`unsafe\`${breaks}`;
}

/** A function that loses `const`, and the file that it is in; none for the file at hand. */
interface Losing {
  readonly of: FunctionTokens;
  readonly tokens: Tokens;
  readonly file?: OtherFile;
}

/** Most functions that lose `const` together. */
const MOST = 8;

/**
 * A function and the const functions that call it, over any number of steps. Undefined where something hangs on one
 * of them that cannot be a function, or where that is not known.
 */
function hangingOn(
  { tokens }: Source,
  first: FunctionTokens,
  { others }: FixContext,
): Losing[] | undefined {
  const found: Losing[] = [{ of: first, tokens }];
  for (const { of } of found) {
    if (others === undefined && of.isPublic) return undefined;
    const here = callersIn({ tokens }, of.name, found);
    const there = (others ?? []).map((file) =>
      file.text.includes(of.name)
        ? callersIn({ tokens: tokensOf(file), file }, of.name, found)
        : [],
    );
    for (const callers of [here, ...there]) {
      if (callers === undefined) return undefined;
      found.push(...callers);
    }
    if (found.length > MOST) return undefined;
  }
  return found;
}

function callersIn(
  place: Omit<Losing, "of">,
  name: string,
  known: readonly Losing[],
): Losing[] | undefined {
  const { functions, elsewhere } = constCallers(place.tokens, name);
  if (elsewhere) return undefined;
  const isKnown = (each: FunctionTokens): boolean =>
    known.some(({ of, tokens }) => tokens === place.tokens && of.brace === each.brace);
  return functions.filter((each) => !isKnown(each)).map((of) => ({ ...place, of }));
}

const lexed = new WeakMap<OtherFile, Tokens>();

function tokensOf(file: OtherFile): Tokens {
  const known = lexed.get(file) ?? lex(file.text);
  lexed.set(file, known);
  return known;
}

function withoutConst({ tokens, of: { constWord = 0 } }: Losing): Edit {
  return { start: tokens.start[constWord]!, end: tokens.start[constWord + 1]!, newText: "" };
}

function inOtherFiles(losing: readonly Losing[]): NonNullable<Planned["elsewhere"]> {
  const files = new Set(losing.flatMap(({ file }) => file ?? []));
  return [...files].map((other) => ({
    file: other.file,
    edits: losing.filter(({ file }) => file === other).map(withoutConst),
  }));
}
