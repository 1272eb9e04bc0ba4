import type { Report } from "../../model/result.ts";
import { count, plain } from "../plain.ts";
import { subject } from "../summary.ts";
import type { Tally } from "../summary.ts";
import { wrap } from "../width.ts";
import type { Pen } from "./style.ts";

function seconds(report: Report): string | undefined {
  const { total, ...stages } = report.stats.milliseconds;
  const sum = total ?? Object.values(stages).reduce((a, b) => a + b, 0);
  return sum > 0 ? `${(sum / 1000).toFixed(1)} s` : undefined;
}

/** First line: what was looked at, against which knowledge, how much, how long. */
export function header(report: Report, counts: Tally, pen: Pen): string[] {
  const parts = [
    plain(subject(report), 200),
    `cosmocc ${plain(report.release, 40)}`,
    `profile ${plain(report.profile, 40)}`,
    `${count(report.packages.length, "crate")}, ${counts.crates} with something to say`,
    seconds(report),
  ].filter((part) => part !== undefined);
  return wrap(parts.join(` ${pen.dot} `), pen.width);
}
