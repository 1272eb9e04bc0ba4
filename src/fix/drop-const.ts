import { lex } from "../syntax/lexer.ts";
import type { Tokens } from "../syntax/tokens.ts";
import { constCallers } from "./const-callers.ts";
import type { Edit } from "./edits.ts";
import { functionAround, type FunctionTokens } from "./functions.ts";
import type { FixContext, OtherFile, Planned } from "./plan.ts";
import type { Source } from "./source.ts";

/**
 * What is computed when it is compiled cannot read a static: where repairs stand in a const function, `const` is taken
 * from it and from the const functions that call it, and all of its repairs are one. Not done where a constant hangs on
 * one of them, nor for a function that other files may call unless their texts are at hand. Repairs elsewhere are as
 * they were.
 */
export function inPlainFunctions(
  source: Source,
  repairs: readonly Planned[],
  context: FixContext,
): readonly Planned[] {
  const kept: Planned[] = [];
  const groups = new Map<number, { around: FunctionTokens; repairs: Planned[] }>();
  for (const repair of repairs) {
    const reads = repair.hints.some(({ apply }) => apply !== "replace");
    const around = reads ? functionAround(source.tokens, tokenOf(source, repair)) : undefined;
    if (around?.constWord === undefined) {
      kept.push(repair);
      continue;
    }
    const group = groups.get(around.brace);
    if (group === undefined) groups.set(around.brace, { around, repairs: [repair] });
    else group.repairs.push(repair);
  }
  const joined = [...groups.values()].flatMap((group) => together(source, group, context) ?? []);
  return [...kept, ...joined];
}

function tokenOf(source: Source, { edits: [first] }: Planned): number {
  return source.tokenAt(source.positionOf(first?.start ?? 0)) ?? 0;
}

function together(
  source: Source,
  { around, repairs }: { around: FunctionTokens; repairs: readonly Planned[] },
  context: FixContext,
): Planned | undefined {
  const losing = hangingOn(source, around, context);
  if (losing === undefined) return undefined;
  const own = losing.filter(({ file }) => file === undefined).map(withoutConst);
  const elsewhere = inOtherFiles(losing);
  return {
    title: titleOf(losing, repairs),
    kind: "unsafe",
    hints: repairs.flatMap(({ hints }) => hints),
    edits: [...own, ...repairs.flatMap(({ edits }) => edits)],
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  };
}

/** Repairs that a title names one by one. */
const NAMED = 3;

function titleOf(losing: readonly Losing[], repairs: readonly Planned[]): string {
  const names = losing.map(({ of }) => `\`${of.name}\``).join(", ");
  const titles = [...new Set(repairs.map(({ title }) => title))];
  const rest = titles.length > NAMED ? [`${titles.length - NAMED} repairs more`] : [];
  const does = [...titles.slice(0, NAMED), ...rest].join(", ");
  const open = losing.some(({ of }) => of.isPublic);
  const breaks = open ? "; constants of other crates that call it stop compiling" : "";
  return `drop \`const\` from ${names} and ${does}${breaks}`;
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
