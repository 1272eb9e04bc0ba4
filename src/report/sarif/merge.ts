import type { Invocation, Log, Notification, Result as SarifResult, Run } from "sarif";
import { CONFIDENCES, HARMS, LEVELS } from "../../model/rule.ts";
import type { Confidence, Harm, Level } from "../../model/rule.ts";
import { InputError } from "../../util/errors.ts";
import { byWeight } from "../order.ts";
import { byText } from "../../util/sorted.ts";
import { count, safeJson } from "../plain.ts";
import { MAX_RESULTS } from "./limits.ts";
import { notification } from "./notifications.ts";
import { notificationName } from "./rules.ts";

/** One SARIF file of ours, and what it is called in messages. */
export interface SarifFile {
  readonly file: string;
  readonly text: string;
}

/** Whether a text is SARIF; what else it is does not matter here. */
export function isSarif(text: string): boolean {
  return text.trimStart().startsWith("{") && runOf({ file: "", text }) !== undefined;
}

/**
 * Joins SARIF files of ours into one with one run, as GitHub wants it: each result once, the worst first, no more than
 * one run may have, and what was left out is told. Throws an InputError when they are no parts of the same question.
 */
export function mergeSarif(files: readonly SarifFile[], maxResults = MAX_RESULTS): string {
  const runs = files.map(
    (each) => runOf(each) ?? refuse(each.file, "this is no SARIF of ape-lint"),
  );
  const [first] = runs as [Run, ...Run[]];
  for (const [index, run] of runs.entries())
    if (questionOf(run) !== questionOf(first))
      refuse(files[index]!.file, `other rules, version or profile than in ${files[0]!.file}`);
  const results = renumbered(distinct(runs.flatMap((run) => run.results ?? [])).toSorted(byHarm));
  const kept = results.slice(0, maxResults);
  const invocations = [
    joined(
      runs.flatMap((run) => run.invocations ?? []),
      results.length - kept.length,
    ),
  ];
  const schema = (JSON.parse(files[0]!.text) as Log).$schema;
  const log: Log = {
    ...(schema && { $schema: schema }),
    version: "2.1.0",
    runs: [{ ...first, invocations, results: kept }],
  };
  return `${safeJson(log, 1)}\n`;
}

function refuse(place: string, message: string): never {
  const hint = "join the files of runs with the same settings: `--format sarif=FILE`";
  throw new InputError(message, { place, hint });
}

function runOf({ text }: SarifFile): Run | undefined {
  try {
    const log = JSON.parse(text) as Partial<Log>;
    const [run, ...others] = log.version === "2.1.0" && Array.isArray(log.runs) ? log.runs : [];
    const ours = run?.tool?.driver?.name === "ape-lint" && others.length === 0;
    return ours && (run.results ?? []).every(isOurs) ? run : undefined;
  } catch {
    return undefined;
  }
}

/** Has what the order needs. */
function isOurs({ ruleId, level, properties }: SarifResult): boolean {
  return (
    typeof ruleId === "string" &&
    LEVELS.includes(level as Level) &&
    HARMS.includes(properties?.["harm"] as Harm) &&
    CONFIDENCES.includes(properties?.["confidence"] as Confidence) &&
    typeof properties?.["package"] === "string"
  );
}

function questionOf({ tool, automationDetails }: Run): string {
  const profile = automationDetails?.id?.split("/")[2];
  return JSON.stringify([tool, profile]);
}

function distinct(results: readonly SarifResult[]): SarifResult[] {
  const key = ({ ruleId, locations, properties, partialFingerprints }: SarifResult): string =>
    JSON.stringify([ruleId, locations, properties?.["package"], partialFingerprints]);
  // NOTE: of two ways to a dependency the first file's is kept, as in one run over all.
  return [...new Map(results.toReversed().map((each) => [key(each), each])).values()].toReversed();
}

/** A dependency's own fingerprint ends in its number among equals. */
function isDependency({ partialFingerprints }: SarifResult): boolean {
  return partialFingerprints?.["apeLint/v1"]?.includes(":") ?? false;
}

function byHarm(a: SarifResult, b: SarifResult): number {
  const places = (one: SarifResult): number => Number(one.properties?.["places"] ?? 1);
  const [nameA = "", versionA = ""] = String(a.properties?.["package"]).split("@");
  const [nameB = "", versionB = ""] = String(b.properties?.["package"]).split("@");
  return (
    byWeight(weightOf(a), weightOf(b)) ||
    Number(isDependency(a)) - Number(isDependency(b)) ||
    places(b) - places(a) ||
    byText(nameA, nameB) ||
    byText(versionA, versionB) ||
    byText(a.ruleId ?? "", b.ruleId ?? "")
  );
}

function weightOf({ level, properties }: SarifResult): Parameters<typeof byWeight>[0] {
  return {
    level: level as Level,
    harm: properties?.["harm"] as Harm,
    confidence: properties?.["confidence"] as Confidence,
  };
}

/** Two versions of a crate may have come from two files, both with number 1. */
function renumbered(results: readonly SarifResult[]): SarifResult[] {
  const seen = new Map<string, number>();
  return results.map((each) => {
    if (!isDependency(each)) return each;
    const key = each.partialFingerprints?.["apeLint/v1"]?.split(":")[0] ?? "";
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    const prints = Object.entries(each.partialFingerprints ?? {}).map(([name, print]) => [
      name,
      `${print.split(":")[0]}:${ordinal}`,
    ]);
    return { ...each, partialFingerprints: Object.fromEntries(prints) as Record<string, string> };
  });
}

function joined(invocations: readonly Invocation[], dropped: number): Invocation {
  const codes = invocations.flatMap(({ exitCode }) => exitCode ?? []);
  const told = invocations.flatMap((each) => each.toolExecutionNotifications ?? []);
  const limit = `${count(dropped, "result")} left out of this file, the weakest ones.`;
  return {
    executionSuccessful: invocations.every((each) => each.executionSuccessful),
    ...(codes.length > 0 && { exitCode: Math.max(...codes) }),
    toolExecutionNotifications: [
      ...(dropped > 0 ? [notification("results-dropped", limit)] : []),
      ...[...new Map(told.map((each) => [JSON.stringify(each), each])).values()].toSorted(
        droppedFirst,
      ),
    ],
  };
}

function droppedFirst(a: Notification, b: Notification): number {
  const rank = (one: Notification): number =>
    one.descriptor?.id === notificationName("results-dropped") ? 0 : 1;
  return rank(a) - rank(b);
}
