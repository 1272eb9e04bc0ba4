import type { CodeFlow, Location, ThreadFlowLocation } from "sarif";
import type { PackageReport, Report } from "../../model/result.ts";
import type { Anchor, Anchors } from "../anchor.ts";
import type { Finding } from "../findings.ts";
import { byEvidence } from "../order.ts";
import { pathStep } from "../paths.ts";
import { uriPath } from "../plain.ts";
import { sarifText } from "./message.ts";

/** GitHub keeps 1,000 steps of all flows of a result; a person reads far fewer. */
const MAX_SITES = 25;

/** A place as SARIF writes it. */
export function location(anchor: Anchor, message?: string): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriPath(anchor.path) },
      region: {
        startLine: anchor.line,
        startColumn: anchor.from,
        endLine: anchor.line,
        endColumn: anchor.to,
      },
    },
    ...(message !== undefined && { message: { text: sarifText(message) } }),
  };
}

function packageOf(report: Report, step: string): PackageReport | undefined {
  const { name, version } = pathStep(step);
  return report.packages.find(
    (one) => one.name === name && (version === undefined || one.version === version),
  );
}

function sourcePage(one: Finding, file: string, line: number): string {
  if (one.package.source !== "registry") return "";
  const { name, version } = one.package;
  return `, https://docs.rs/crate/${encodeURIComponent(name)}/${encodeURIComponent(version)}/source/${uriPath(file)}#${line}`;
}

function siteSteps(one: Finding, anchor: Anchor): ThreadFlowLocation[] {
  const { name, version } = one.package;
  const shown = one.results.toSorted(byEvidence).slice(0, MAX_SITES);
  const steps = shown.map(({ file, span, symbol }) => {
    const at = `${name}-${version}/${file}:${span.start.line}`;
    return {
      location: location(anchor, `${symbol} at ${at}${sourcePage(one, file, span.start.line)}`),
    };
  });
  const left = one.results.length - shown.length;
  if (left > 0) steps.push({ location: location(anchor, `${left} more in ${name}-${version}`) });
  return steps;
}

/** The way from the root package to a dependency, then the places in it; all at lines of the user's tree. */
export function dependencyFlow(report: Report, one: Finding, anchors: Anchors): CodeFlow {
  const here = anchors.package(one.package);
  const steps = one.package.path.slice(0, -1).map((step, index) => {
    const owner = packageOf(report, step);
    const next = pathStep(one.package.path[index + 1] ?? "").name;
    const { name, version = "" } = pathStep(step);
    const anchor = owner ? anchors.package(owner) : (anchors.locked(name, version) ?? here);
    return {
      location: location(
        anchor,
        `${name} ${owner?.version ?? version} depends on ${next}`.replace("  ", " "),
      ),
    };
  });
  return { threadFlows: [{ locations: [...steps, ...siteSteps(one, here)] }] };
}

/** How own code reaches a place, as one flow whose steps are all told at that place. */
export function viaFlow(one: Finding, anchor: Anchor): CodeFlow | undefined {
  const via = one.best.via ?? [];
  if (via.length < 2) return undefined;
  return {
    threadFlows: [
      { locations: via.map((item) => ({ location: location(anchor, `reached by ${item}`) })) },
    ],
  };
}
