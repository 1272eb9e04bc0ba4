import { FIX_NAMES, type Fix, type FixEdit, type FixHint, type FixName } from "../model/fix.ts";
import type { Result } from "../model/result.ts";
import { inPlainFunctions } from "./drop-const.ts";
import type { Edit } from "./edits.ts";
import { turnOnFeature } from "./manifest.ts";
import { patternToGuard } from "./pattern-to-guard.ts";
import type { FixContext, Fixer, Planned } from "./plan.ts";
import { readInUnsafe } from "./read-in-unsafe.ts";
import { replace } from "./replace.ts";
import { markedToken, readSource, type Source } from "./source.ts";
import { suppression } from "./suppress.ts";

/** Fixes of Rust code, by name. */
const FIXERS: Readonly<Partial<Record<FixName, Fixer>>> = {
  "read-in-unsafe": readInUnsafe,
  "pattern-to-guard": patternToGuard,
  "drop-const": readInUnsafe,
  replace,
};

/**
 * What can be done about a result in its own file: repairs first, then the suppression beside the code, then the page
 * that explains the rule when a link to it is given. `text` is the file as it is now; where it has changed since the
 * result was found, nothing is offered. A result that stands for several places gets the repairs of all of them.
 */
export function fixesFor(
  result: Result,
  text: string,
  context: FixContext & { readonly explain?: string } = {},
): readonly Fix[] {
  const source = readSource(text);
  const hints = (result.fixes ?? []).filter(({ file }) => file === result.file);
  const texts = new Map(context.others?.map(({ file, text: other }) => [file, other]));
  const repairs = plan(source, hints, context).map((each) => toFix(source, each, texts));
  const quiet = result.suppressed === undefined ? suppression(source, result) : undefined;
  const { explain } = context;
  return [
    ...repairs,
    ...(quiet === undefined ? [] : [quiet]),
    ...(explain === undefined ? [] : [explanation(result.rule, explain)]),
  ];
}

/**
 * What can be done about a result in the manifest of a package whose program the result is in. `text` is that
 * Cargo.toml; without `mayAdd` only a dependency that it names itself is changed.
 */
export function manifestFixesFor(
  result: Result,
  text: string,
  options: { readonly mayAdd?: boolean } = {},
): readonly Fix[] {
  const source = readSource(text);
  return planManifest(result, text, options).map((each) => toFix(source, each, new Map()));
}

/** The same as offsets. */
export function planManifest(
  { fixes = [], package: { name, version } }: Result,
  text: string,
  { mayAdd = false }: { readonly mayAdd?: boolean } = {},
): readonly Planned[] {
  return fixes.flatMap((hint) => {
    const { apply, text: feature } = hint;
    if (apply !== "turn-on-feature" || feature === undefined) return [];
    return turnOnFeature(text, { hint, crate: name, version, feature, mayAdd }) ?? [];
  });
}

/** The edits that answer hints about one file, in the order of their places. */
export function planFixes(
  text: string,
  hints: readonly FixHint[],
  context: FixContext = {},
): readonly Planned[] {
  return plan(readSource(text), hints, context);
}

function plan(source: Source, hints: readonly FixHint[], context: FixContext): Planned[] {
  const all = FIX_NAMES.flatMap((name) => {
    const marked = hints.flatMap((hint) => {
      const token = hint.apply === name ? markedToken(source, hint.span) : undefined;
      return token === undefined ? [] : [{ hint, token }];
    });
    return marked.length === 0 ? [] : (FIXERS[name]?.(source, marked, context) ?? []);
  });
  return inPlainFunctions(source, all, context).toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ edits }: Planned): number {
  return Math.min(...edits.map(({ start }) => start));
}

function toFix(source: Source, planned: Planned, texts: ReadonlyMap<string, string>): Fix {
  const { title, kind, edits, elsewhere } = planned;
  const fix = {
    title,
    kind,
    does: "repair" as const,
    edits: edits.map((edit) => toPositions(source, edit)),
  };
  if (elsewhere === undefined) return fix;
  const others = elsewhere.map(({ file, edits: some }) => {
    const other = readSource(texts.get(file) ?? "");
    return { file, edits: some.map((edit) => toPositions(other, edit)) };
  });
  return { ...fix, elsewhere: others };
}

function toPositions(source: Source, { start, end, newText }: Edit): FixEdit {
  return { start: source.positionOf(start), end: source.positionOf(end), newText };
}

function explanation(rule: string, link: string): Fix {
  return { title: `explain ${rule}`, kind: "safe", does: "explain", edits: [], link };
}
