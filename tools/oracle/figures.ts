import type { Comparison } from "./compare.ts";
import { constructOf } from "./compare.ts";

/**
 * Counts of one group of rows: what both see, what only rustc sees, what only we see. `unsure` are rows of ours
 * alone that say themselves that it depends on the build script whether they are compiled.
 */
export interface Counts {
  readonly hits: number;
  readonly missed: number;
  readonly wrong: number;
  readonly unsure: number;
}

/** How a comparison is cut into groups. */
export type Cut = "all" | "package" | "kind" | "construct" | "context";

const NOTHING: Counts = { hits: 0, missed: 0, wrong: 0, unsure: 0 };

/** Part of rustc's rows that we have; 1 where there is nothing to find. */
export function recall({ hits, missed }: Counts): number {
  return hits + missed === 0 ? 1 : hits / (hits + missed);
}

/** Part of our rows that rustc confirms; 1 where we say nothing. */
export function precision({ hits, wrong }: Counts): number {
  return hits + wrong === 0 ? 1 : hits / (hits + wrong);
}

/** Figures per group; a hit at another place counts as a miss and a false hit. Constructs are known for rustc's rows only, contexts for ours only. */
export function countBy(comparisons: readonly Comparison[], cut: Cut): Map<string, Counts> {
  const counts = new Map<string, { -readonly [What in keyof Counts]: number }>();
  const add = (group: string | undefined, what: keyof Counts): void => {
    if (group === undefined) return;
    const known = counts.get(group) ?? { ...NOTHING };
    known[what] += 1;
    counts.set(group, known);
  };
  for (const { hits, missed, wrong } of comparisons) {
    for (const { oracle, ours, place } of hits) {
      const group = groupOf(cut, oracle, ours);
      if (place === "exact") add(group, "hits");
      else for (const what of ["missed", "wrong"] as const) add(group, what);
    }
    for (const { row } of missed) add(groupOf(cut, row, undefined), "missed");
    for (const { row } of wrong)
      add(groupOf(cut, undefined, row), row.active === "unknown" ? "unsure" : "wrong");
  }
  return counts;
}

type Theirs = Comparison["missed"][number]["row"];
type Ours = Comparison["wrong"][number]["row"];

function groupOf(cut: Cut, theirs: Theirs | undefined, ours: Ours | undefined): string | undefined {
  const row = theirs ?? ours;
  if (row === undefined) return undefined;
  if (cut === "all") return "all";
  if (cut === "package") return `${row.package}@${row.version}`;
  if (cut === "kind") return theirs?.kinds.join("+") ?? ours?.kind;
  if (cut === "context") return ours?.context;
  return theirs === undefined ? undefined : constructOf(theirs).replace(/ \(.*\)| of macro .*/, "");
}

/** One total; zeros where nothing was compared. */
export function total(comparisons: readonly Comparison[]): Counts {
  return countBy(comparisons, "all").get("all") ?? NOTHING;
}

/** `99.52 %`, cut off and not rounded up: 100 means all. */
export function percent(part: number): string {
  return `${(Math.floor(part * 10_000) / 100).toFixed(2)} %`;
}
