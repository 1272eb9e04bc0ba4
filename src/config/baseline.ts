import { z } from "zod";
import type { Baseline, BaselineEntry } from "../model/baseline.ts";
import { HOSTS } from "../model/host.ts";
import type { Report, Result } from "../model/result.ts";
import { InputError } from "../util/errors.ts";
import { once } from "../util/once.ts";
import { readRegularText } from "../util/regular-file.ts";
import { counts } from "../util/counts.ts";
import { byText } from "../util/sorted.ts";

const schema = once(() =>
  z.strictObject({
    version: z.literal(1),
    release: z.string(),
    profile: z.string(),
    hosts: z.array(z.enum(HOSTS)),
    results: z.array(
      z.strictObject({
        rule: z.string(),
        package: z.string(),
        file: z.string().exactOptional(),
        symbol: z.string(),
        places: z.array(z.string()).min(1),
      }),
    ),
  }),
);

const SHORT = 12;

/** Reads a baseline. Throws an InputError when there is none, or when it is something else. */
export function readBaseline(file: string, shown = file): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(readRegularText(file));
  } catch (cause) {
    throw new InputError("cannot read the baseline", {
      place: shown,
      cause,
      hint: "`ape-lint baseline write` makes one",
    });
  }
  const parsed = schema().safeParse(value);
  if (parsed.success) return parsed.data;
  const { message = "", path = [] } = parsed.error.issues[0] ?? {};
  const where = path.length === 0 ? "" : ` at ${path.join(".")}`;
  throw new InputError(`this is no baseline: ${message}${where}`, {
    place: shown,
    hint: "`ape-lint baseline write` makes one",
  });
}

/** Writes down what is open in a report: one entry a line, sorted, so that a review sees what changed. */
export function baselineOf(report: Report): Baseline {
  const entries = new Map<string, BaselineEntry & { places: string[] }>();
  const isOwn = ownPackages(report);
  for (const result of report.results) {
    if (!counts(result)) continue;
    const key = keyOf(result, isOwn);
    const entry = entries.get(key);
    if (entry === undefined)
      entries.set(key, { ...entryOf(result, isOwn), places: [shortOf(result)] });
    else entry.places.push(shortOf(result));
  }
  const sorted = [...entries].toSorted(([a], [b]) => byText(a, b)).map(([, entry]) => entry);
  for (const entry of sorted) entry.places.sort();
  const { release, profile, hosts } = report;
  return { version: 1, release, profile, hosts, results: sorted };
}

/** What is left of a baseline: the results of a report that it knows. */
export function prunedBaseline(baseline: Baseline, report: Report): Baseline {
  const known = knownBy(baseline, report.results, ownPackages(report));
  return baselineOf({
    ...report,
    results: report.results.filter((each) => known.results.has(each)),
  });
}

/** The text of a baseline. */
export function baselineText({ results, ...head }: Baseline): string {
  const lines = results.map((entry) => `    ${JSON.stringify(entry)}`);
  const open = JSON.stringify({ ...head, results: [] }, null, 2).replace(/\[\]\n\}$/u, "[");
  return `${open}${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

/** Whether a package's results are told by file: it is the user's own. */
export type IsOwn = (name: string) => boolean;

function ownPackages(report: Report): IsOwn {
  const own = new Set(report.packages.filter((each) => each.own).map(({ name }) => name));
  return (name) => own.has(name);
}

function entryOf(result: Result, isOwn: IsOwn): Omit<BaselineEntry, "places"> {
  const { rule, symbol, file } = result;
  const { name } = result.package;
  return { rule, package: name, ...(isOwn(name) ? { file } : {}), symbol };
}

function keyOf(result: Result, isOwn: IsOwn): string {
  return keyOfEntry(entryOf(result, isOwn));
}

function keyOfEntry({
  rule,
  package: name,
  file = "",
  symbol,
}: Omit<BaselineEntry, "places">): string {
  return [name, file, rule, symbol].join("\n");
}

function shortOf({ fingerprint }: Result): string {
  return fingerprint.slice(0, SHORT);
}

/** What a baseline knows of a run's results. */
export interface Known {
  readonly results: ReadonlySet<Result>;
  /** Entries with places that are gone, and how many. */
  readonly stale: readonly { readonly entry: BaselineEntry; readonly gone: number }[];
}

/**
 * Pairs results with entries: the same fingerprint first; then, since an edit around it changes a fingerprint, as many
 * of the rest as the entry has places left, in order. Line numbers play no part.
 */
export function knownBy(baseline: Baseline, results: readonly Result[], isOwn: IsOwn): Known {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    if (!counts(result)) continue;
    const key = keyOf(result, isOwn);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  const known = new Set<Result>();
  const stale: { entry: BaselineEntry; gone: number }[] = [];
  for (const entry of baseline.results) {
    const left = pair(entry, groups.get(keyOfEntry(entry)) ?? [], known);
    if (left > 0) stale.push({ entry, gone: left });
  }
  return { results: known, stale };
}

function pair(entry: BaselineEntry, group: readonly Result[], known: Set<Result>): number {
  const open = new Set(entry.places);
  let left = entry.places.length;
  for (const result of group) {
    if (!open.delete(shortOf(result))) continue;
    known.add(result);
    left--;
  }
  for (const result of group) {
    if (left === 0) break;
    if (known.has(result)) continue;
    known.add(result);
    left--;
  }
  return left;
}
