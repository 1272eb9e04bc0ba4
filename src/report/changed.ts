import type { Report } from "../model/result.ts";
import { anchorsOf } from "./anchor.ts";
import { ownerOf } from "./findings.ts";
import { lineReader } from "./lines.ts";
import type { RenderOptions } from "./options.ts";

/**
 * The report with only those results that a reviewer would see in the change at hand: own code on a line that it
 * touches, and dependencies whose line of Cargo.lock it touches. Without `inDiff` everything stays.
 */
export function changedOnly(report: Report, options: RenderOptions): Report {
  const { inDiff } = options;
  if (inDiff === undefined) return report;
  const anchors = anchorsOf(report, options, lineReader(options));
  const owner = ownerOf(report);
  const results = report.results.filter((result) => {
    const of = owner(result);
    const { path, line } = of.own
      ? anchors.site(of, result.file, result.span)
      : anchors.package(of);
    return inDiff(path, line);
  });
  return { ...report, results };
}
