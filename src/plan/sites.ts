import type { Effort, PlanSite, WorkKind } from "../model/plan.ts";
import type { Result } from "../model/result.ts";
import type { Context } from "../model/site.ts";
import { makesStatics, tagged, type PlanGround } from "./ground.ts";

const BY_CONSTRUCT: Readonly<Partial<Record<Context, WorkKind>>> = {
  "safe-expr": "wrap in unsafe",
  "macro-argument": "wrap in unsafe",
  "const-fn": "drop const",
  "const-item": "make it a function",
  static: "make it a function",
  pattern: "match to comparison",
};

const HOW: Readonly<Record<WorkKind, (symbol: string) => string>> = {
  "wrap in unsafe": (symbol) => `Write \`unsafe { libc::${symbol} }\`.`,
  "drop const": (symbol) =>
    `Drop \`const\` from the function and read \`libc::${symbol}\` in unsafe.`,
  "make it a function": (symbol) =>
    `Make it a function that reads \`libc::${symbol}\` in unsafe, and call that wherever the constant is named; the compiler points at each.`,
  "match to comparison": (symbol) =>
    `Write the arm with a guard: \`code if code == unsafe { libc::${symbol} }\`.`,
  "table entry": (symbol) =>
    `Take the entry out of the table and read \`libc::${symbol}\` in unsafe where the program hands its value on, or fill the table when the program runs.`,
  other: () => "Look at the place.",
};

/** Places where the language has no other form for a value of the host. */
const NO_CONSTANT: Readonly<Partial<Record<Context, (symbol: string) => string>>> = {
  "array-length": (symbol) =>
    `Neither an array's length nor an argument of a const generic can be read when the program runs: take a bound that holds on every host, or hand \`libc::${symbol}\` on as a value, in unsafe.`,
  discriminant: (symbol) =>
    `Give the variant a number of its own, and translate it from and to \`libc::${symbol}\`, in unsafe, where it meets the C library.`,
};

/** The places of results, with what each of them needs. */
export function sitesOf(ground: PlanGround, results: readonly Result[]): PlanSite[] {
  const seen = new Set<string>();
  return results
    .filter((result) => !isFineAsStatic(ground, result))
    .map((result) => siteOf(ground, result))
    .toSorted(byPlace)
    .filter(({ file, start, symbol, work }) => {
      // NOTE: one place can break two rules; it is changed once.
      const key = JSON.stringify([file, start.line, start.column, symbol, work]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Inside `unsafe` nothing has to be written another way once the constant is a static. */
function isFineAsStatic(ground: PlanGround, { construct, symbol }: Result): boolean {
  if (construct !== "unsafe-expr" || !makesStatics(ground)) return false;
  const { constants } = ground.knowledge;
  return Object.hasOwn(constants, symbol) && constants[symbol]?.runtime === true;
}

/** A constant that the profile leaves alone has to become a static before any place can read it as one. */
function onceStatic(symbol: string, how: string): string {
  return `Declare \`${symbol}\` as an extern static in the forked libc too. ${how}`;
}

function siteOf(ground: PlanGround, result: Result): PlanSite {
  const { file, span, symbol, rule, construct, hosts, entries, help } = result;
  const isConstant = Object.hasOwn(ground.knowledge.constants, symbol);
  const work = workOf(construct, isConstant, entries !== undefined && entries.length > 1);
  const stops = tagged(ground, "porting")(result);
  const inCode = isConstant && (stops || makesStatics(ground));
  const advice = adviceFor(construct, work);
  const isAdvised = inCode && advice !== undefined;
  const how = isAdvised ? advice(symbol) : (help ?? HOW[work](symbol));
  return {
    file,
    start: span.start,
    symbol,
    rule,
    work,
    how: isAdvised && !stops ? onceStatic(symbol, how) : how,
    hosts,
    ...(work === "table entry" ? { entries } : {}),
    ...(stops ? { stops } : {}),
  };
}

/** What to write at a place that reads a static; `undefined` where the rule knows better. */
function adviceFor(construct: Context, work: WorkKind): ((symbol: string) => string) | undefined {
  // NOTE: the arms of a match can be changed one by one, in a table too.
  if (construct === "pattern") return HOW["match to comparison"];
  return NO_CONSTANT[construct] ?? (work === "other" ? undefined : HOW[work]);
}

function workOf(construct: Context, isConstant: boolean, isTable: boolean): WorkKind {
  if (isTable) return "table entry";
  return (isConstant ? BY_CONSTRUCT[construct] : undefined) ?? "other";
}

function byPlace(a: PlanSite, b: PlanSite): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.start.line - b.start.line || a.start.column - b.start.column;
}

/** Places and the files that they stand in. */
export function effortOf(sites: readonly PlanSite[]): Effort {
  return { places: sites.length, files: new Set(sites.map(({ file }) => file)).size };
}

/** How many places need what. */
export function workCounts(sites: readonly PlanSite[]): Partial<Record<WorkKind, number>> {
  const counts: Partial<Record<WorkKind, number>> = {};
  for (const { work } of sites) counts[work] = (counts[work] ?? 0) + 1;
  return counts;
}
