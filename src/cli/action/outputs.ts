import { HOSTS } from "../../model/host.ts";
import type { Report } from "../../model/result.ts";
import { fold, isOpen, type Finding } from "../../report/findings.ts";
import type { OutputName } from "./inputs.ts";

type Counted = Exclude<OutputName, "sarif-file" | "json-file" | "exit-code">;

/** Outputs of a run that could not be completed: no number is given where none is known. */
export function outputsWithoutReport(): Record<Counted, string> {
  const counts = { findings: "", errors: "", warnings: "", "new-findings": "" };
  return { ...counts, ...verdicts(() => "unknown") };
}

/** Counts findings as the job's summary shows them: what the baseline knows counts as a finding, not as a new one. */
export function outputsOfReport(report: Report): Record<Counted, string> {
  const told = report.results.filter((each) => each.reachable !== "no");
  const fresh = fold(report, told.filter(isOpen));
  const known = fold(
    report,
    told.filter((each) => each.suppressed?.kind === "baseline" && each.closed === undefined),
  );
  const count = (level: Finding["level"]): string =>
    String(fresh.filter((each) => each.level === level).length);
  return {
    findings: String(fresh.length + known.length),
    errors: count("error"),
    warnings: count("warning"),
    "new-findings": String(fresh.length),
    ...verdicts((host) => report.matrix.find((row) => row.host === host)?.verdict ?? "not asked"),
  };
}

type Verdicts = Record<`verdict-${(typeof HOSTS)[number]}`, string>;

function verdicts(of: (host: (typeof HOSTS)[number]) => string): Verdicts {
  return Object.fromEntries(HOSTS.map((host) => [`verdict-${host}`, of(host)])) as Verdicts;
}
