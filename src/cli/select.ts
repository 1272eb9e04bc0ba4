import { CONFIDENCES, LEVELS, type Confidence, type Level } from "../model/rule.ts";
import type { FailOn } from "../model/options.ts";
import type { Report, Result } from "../model/result.ts";
import { EXIT } from "./exit-codes.ts";
import { counts } from "../util/counts.ts";

/** What a run shows of a report, and what it ends with. The same for every format. */
export interface Selection {
  readonly report: Report;
  /** The same with results that nothing in the program leads to: for formats that programs read, which can leave them out by `reachable`. */
  readonly whole: Report;
  readonly exitCode: number;
  /** Results that were left out because of `--max-findings`. */
  readonly cut: number;
  /** Results of low confidence, or below the level that was asked for, that were left out. */
  readonly unsure: number;
  /** Results that were left out because nothing in the program leads to them. */
  readonly unreachable: number;
}

/** What the user asked to see, and what fails the run. */
export interface Criteria {
  /** Low confidence too. */
  readonly pedantic: boolean;
  /** Least confidence that is shown; it wins over `pedantic`. */
  readonly minConfidence?: Confidence | undefined;
  readonly minSeverity?: Level;
  /** Keep results that nothing in the program leads to. */
  readonly all?: boolean;
  readonly failOn: FailOn;
  readonly strict: boolean;
}

/** Leaves out what the user did not ask for and decides the exit code from the rest. */
export function select(
  report: Report,
  options: Criteria & { readonly maxFindings?: number | undefined },
): Selection {
  const reached =
    options.all === true
      ? report.results
      : report.results.filter((result) => result.reachable !== "no");
  const isSure = sureness(options);
  const sure = reached.filter(isSure);
  const kept = sure.slice(0, options.maxFindings ?? sure.length);
  return {
    report: { ...report, results: kept },
    whole:
      options.maxFindings === undefined
        ? { ...report, results: report.results.filter(isSure) }
        : { ...report, results: kept },
    exitCode: exitCode(report, sure, options),
    cut: sure.length - kept.length,
    unsure: reached.length - sure.length,
    unreachable: report.results.length - reached.length,
  };
}

function sureness(
  options: Pick<Criteria, "pedantic" | "minConfidence" | "minSeverity">,
): (result: Result) => boolean {
  const least = options.minConfidence ?? (options.pedantic ? "low" : "medium");
  const lowest = options.minSeverity ?? "note";
  return ({ confidence, level }) =>
    CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(least) &&
    LEVELS.indexOf(level) <= LEVELS.indexOf(lowest);
}

function exitCode(
  report: Report,
  results: readonly Result[],
  options: Pick<Criteria, "failOn" | "strict">,
): number {
  if (report.packages.length === 0) return EXIT.incomplete;
  if (options.strict && report.notAnalysed.length > 0) return EXIT.incomplete;
  return results.some((result) => fails(result, options.failOn)) ? EXIT.results : EXIT.clean;
}

/** A result that a profile closes, or that the user has judged, fails no run. */
function fails(result: Result, failOn: FailOn): boolean {
  if (failOn === "never" || !counts(result)) return false;
  return LEVELS.indexOf(result.level) <= LEVELS.indexOf(failOn);
}
