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
  "array-length": "make it a function",
  discriminant: "make it a function",
  pattern: "match to comparison",
};

const HOW: Readonly<Record<WorkKind, (symbol: string) => string>> = {
  "wrap in unsafe": (symbol) => `Write \`unsafe { libc::${symbol} }\`.`,
  "drop const": (symbol) =>
    `Drop \`const\` from the function and read \`libc::${symbol}\` in unsafe.`,
  "make it a function": (symbol) => `Make it a function that reads \`libc::${symbol}\` in unsafe.`,
  "match to comparison": (symbol) =>
    `Write the arm with a guard: \`code if code == unsafe { libc::${symbol} }\`.`,
  "table entry": (symbol) =>
    `Take the entry out of the table and read \`libc::${symbol}\` in unsafe where the program hands its value on, or fill the table when the program runs.`,
  other: () => "Look at the place.",
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
  const inCode = work !== "other" && (stops || makesStatics(ground));
  const how = inCode ? HOW[work](symbol) : (help ?? HOW[work](symbol));
  return {
    file,
    start: span.start,
    symbol,
    rule,
    work,
    how: inCode && isConstant && !stops ? onceStatic(symbol, how) : how,
    hosts,
    ...(stops ? { stops } : {}),
  };
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
