import semver from "semver";
import type { Ignore, LevelSetting } from "../model/options.ts";
import type { Harm } from "../model/rule.ts";
import type { Result } from "../model/result.ts";
import { InputError } from "../util/errors.ts";
import type { Baseline } from "../model/baseline.ts";
import type { Notice, Suppression } from "../model/suppression.ts";
import { knownBy, type IsOwn } from "./baseline.ts";
import { inSource } from "./in-source.ts";
import { fitsGlob } from "../util/glob.ts";
import { didYouMean } from "../util/schema-hints.ts";

/** What the user says about results. */
export interface Judgement {
  readonly levels?: Readonly<Record<string, LevelSetting>>;
  /** Where each level is set, for those that a file sets. */
  readonly levelPlaces?: Readonly<Record<string, string>>;
  readonly ignores?: readonly Ignore[];
  /** The day on which it is asked, `YYYY-MM-DD`. */
  readonly today: string;
  /** Ids of all rules that ran. */
  readonly rules: readonly string[];
  /** What is written beside own code. */
  readonly suppressions?: readonly Suppression[];
  readonly baseline?: Baseline;
  /** Which packages are the user's own; none, when absent. */
  readonly isOwn?: IsOwn;
  /** Whether an entry of the baseline could have been met by this run, so that it is stale when it was not. */
  readonly couldMeet?: (entry: Baseline["results"][number]) => boolean;
}

/** Results after the user's word, and the ignores that should be looked at. */
export interface Judged {
  readonly results: Result[];
  /** They fit nothing any more. */
  readonly unused: readonly Ignore[];
  /** Their last day is over; they have no effect. */
  readonly expired: readonly Ignore[];
  /** What is to be said of suppressions and baseline. */
  readonly notices: readonly Notice[];
}

/**
 * Gives results the levels that the user chose, takes away those of rules that are off, and marks the ignored
 * ones as suppressed.
 */
export function judge(results: readonly Result[], judgement: Judgement): Judged {
  const { levels = {}, ignores = [], suppressions = [], today, rules } = judgement;
  const expired = ignores.filter(({ until }) => until !== undefined && until < today);
  const live = ignores.filter((each) => !expired.includes(each));
  const used = new Set<Ignore>();
  const comments = inSource({ suppressions, levels, today, rules });
  const judged: Result[] = [];
  for (const result of results) {
    const level = levelOf(levels, result);
    // NOTE: also what is off is spoken of by them: they are not without use
    const comment = comments.find(result);
    const ignore = live.find((each) => covers(each, result));
    if (ignore !== undefined) used.add(ignore);
    if (level === "off") continue;
    judged.push({
      ...result,
      ...(level === undefined ? {} : { level }),
      ...suppressedBy(result, comment, ignore),
    });
  }
  const known = withBaseline(judged, judgement);
  return {
    results: known.results,
    expired,
    unused: live.filter((each) => !used.has(each)),
    notices: [...comments.notices(), ...known.notices],
  };
}

function suppressedBy(
  result: Result,
  comment: Suppression | undefined,
  ignore: Ignore | undefined,
): Pick<Result, "suppressed"> {
  if (result.suppressed !== undefined) return {};
  if (comment !== undefined) return { suppressed: { kind: "inSource", reason: comment.reason } };
  if (ignore !== undefined) return { suppressed: { kind: "config", reason: ignore.reason } };
  return {};
}

function withBaseline(
  results: Result[],
  { baseline, isOwn = () => false, couldMeet = () => true }: Judgement,
): { results: Result[]; notices: Notice[] } {
  if (baseline === undefined) return { results, notices: [] };
  const known = knownBy(baseline, results, isOwn);
  const suppressed = { kind: "baseline", reason: "known when the baseline was written" } as const;
  const notices = known.stale
    .filter(({ entry }) => couldMeet(entry))
    .map(({ entry, gone }): Notice => {
      const { rule, package: name, file, symbol } = entry;
      const message = `${gone === 1 ? "a result" : `${gone} results`} of ${rule} about ${symbol} of the baseline ${gone === 1 ? "is" : "are"} gone`;
      return {
        kind: "stale-baseline",
        place: file === undefined ? name : `${name}/${file}`,
        message,
      };
    });
  return {
    results: results.map((each) => (known.results.has(each) ? { ...each, suppressed } : each)),
    notices,
  };
}

/** Whether an ignore speaks about a result: every key that it has must fit. */
export function covers(ignore: Ignore, result: Result): boolean {
  if (ignore.rule !== undefined && ignore.rule !== result.rule) return false;
  if (ignore.symbol !== undefined && ignore.symbol !== result.symbol) return false;
  if (ignore.path !== undefined && !fitsGlob(ignore.path, result.file)) return false;
  if (ignore.crate !== undefined && !fitsCrate(ignore.crate, result.package)) return false;
  return ignore.hosts === undefined || result.hosts.every((host) => ignore.hosts?.includes(host));
}

function fitsCrate(wanted: string, found: Result["package"]): boolean {
  const at = wanted.indexOf("@");
  if (at < 0) return wanted === found.name;
  if (wanted.slice(0, at) !== found.name) return false;
  return semver.satisfies(found.version, rangeOf(wanted.slice(at + 1)), {
    includePrerelease: true,
  });
}

/** NOTE: a bare `1.2` is `^1.2` for Cargo and `1.2.x` for the library; a full version means just that one here. */
function rangeOf(text: string): string {
  return /^\d+(?:\.\d+)?$/u.test(text) ? `^${text}` : text.replaceAll(",", " ");
}

/** Groups of rules by how their harm shows; a level for the rule itself is stronger. */
const GROUPS: Readonly<Record<string, readonly Harm[]>> = {
  "runtime-silent": ["silent"],
  "runtime-fails": ["aborts", "fails"],
  "build-fails": ["build"],
  "host-limit": ["degraded"],
};

function levelOf(
  levels: Readonly<Record<string, LevelSetting>>,
  { rule, harm }: Result,
): LevelSetting | undefined {
  if (Object.hasOwn(levels, rule)) return levels[rule];
  const group = Object.keys(GROUPS).find((name) => GROUPS[name]?.includes(harm) === true);
  return group !== undefined && Object.hasOwn(levels, group) ? levels[group] : undefined;
}

/** Throws an InputError where a level or an ignore names a rule that there is none of. */
export function checkRuleNames({
  levels = {},
  levelPlaces = {},
  ignores = [],
  rules,
}: Pick<Judgement, "levels" | "levelPlaces" | "ignores" | "rules">): void {
  const named = [
    ...Object.keys(levels)
      .filter((name) => !Object.hasOwn(GROUPS, name))
      .map((rule) => ({ rule, place: levelPlaces[rule] })),
    ...ignores.flatMap(({ rule, place }) => (rule === undefined ? [] : [{ rule, place }])),
  ];
  for (const { rule, place } of named) {
    if (rules.includes(rule)) continue;
    throw new InputError(`there is no rule ${rule}`, {
      hint: didYouMean(rule, [...rules, ...Object.keys(GROUPS)]) ?? "`ape-lint rules` lists them",
      ...(place === undefined ? {} : { place }),
    });
  }
}
