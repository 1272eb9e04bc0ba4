import type { Invocation, Log, ReportingDescriptor, Result as SarifResult, Run } from "sarif";
import type { Report } from "../../model/result.ts";
import type { RuleInfo } from "../../model/rule.ts";
import { anchorsOf } from "../anchor.ts";
import type { Anchors } from "../anchor.ts";
import { fold, rulesById } from "../findings.ts";
import type { Finding } from "../findings.ts";
import { lineReader } from "../lines.ts";
import type { Reporter, RenderOptions } from "../options.ts";
import { hostParts } from "../options.ts";
import { count, safeJson } from "../plain.ts";
import { rootsOf } from "../summary.ts";
import { crateKey } from "../../util/crate-key.ts";
import { fingerprinter } from "./fingerprint.ts";
import type { Fingerprinter } from "./fingerprint.ts";
import { dependencyFlow, location, viaFlow } from "./flows.ts";
import { MAX_RESULTS } from "./limits.ts";
import { resultMessage } from "./message.ts";
import { notification, notifications } from "./notifications.ts";
import * as describe from "./rules.ts";

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const MAX_TAGS = 10;

interface Context {
  readonly report: Report;
  readonly options: RenderOptions;
  readonly anchors: Anchors;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly fingerprints: Fingerprinter;
}

function tags(one: Finding): string[] {
  const systems = new Set(one.hosts.map((host) => `host/${hostParts(host)[0]}`));
  return [...one.taxa.map(describe.taxonTag), ...systems].slice(0, MAX_TAGS);
}

function suppressions(one: Finding): Pick<SarifResult, "suppressions"> {
  const { suppressed } = one.best;
  if (suppressed === undefined) return {};
  const kind = suppressed.kind === "inSource" ? "inSource" : "external";
  return { suppressions: [{ kind, status: "accepted", justification: suppressed.reason }] };
}

function flows(context: Context, one: Finding): Pick<SarifResult, "codeFlows"> {
  const { report, anchors } = context;
  if (!one.package.own) return { codeFlows: [dependencyFlow(report, one, anchors)] };
  const flow = viaFlow(one, anchors.site(one.package, one.best.file, one.best.span));
  return flow ? { codeFlows: [flow] } : {};
}

function sarifResult(context: Context, one: Finding): SarifResult {
  const { anchors, options, rules } = context;
  const anchor = one.package.own
    ? anchors.site(one.package, one.best.file, one.best.span)
    : anchors.package(one.package);
  const taxa = one.taxa.flatMap((id) => describe.taxonReference(options.taxonomy ?? [], id) ?? []);
  return {
    ruleId: one.rule,
    ruleIndex: context.ruleIndex.get(one.rule) ?? -1,
    level: one.level,
    message: { text: resultMessage(one, rules) },
    locations: [location(anchor)],
    ...flows(context, one),
    partialFingerprints: context.fingerprints(one),
    ...(taxa.length > 0 && { taxa }),
    ...suppressions(one),
    properties: {
      tags: tags(one),
      harm: one.harm,
      confidence: one.confidence,
      package: crateKey(one.package),
      places: one.results.length,
    },
  };
}

function automationId(report: Report): string {
  const roots = rootsOf(report);
  const name = roots.length === 1 ? roots[0]!.name : "workspace";
  return `ape-lint/${name.replaceAll("/", "-")}/${report.profile.replaceAll("/", "-")}/`;
}

function invocation(
  report: Report,
  anchors: Anchors,
  options: RenderOptions,
  dropped: number,
): Invocation {
  const { exitCode } = options;
  const limit = `${count(dropped, "result")} left out of this file, the weakest ones; --format json has all.`;
  return {
    executionSuccessful: exitCode === undefined || exitCode < 2,
    ...(exitCode !== undefined && { exitCode }),
    toolExecutionNotifications: [
      ...(dropped > 0 ? [notification("results-dropped", limit)] : []),
      ...notifications(report, anchors),
    ],
  };
}

function driver(
  report: Report,
  rules: ReportingDescriptor[],
  options: RenderOptions,
): Run["tool"]["driver"] {
  const { name, version } = report.tool;
  return {
    name,
    version,
    semanticVersion: version,
    ...(options.homepage !== undefined && { informationUri: options.homepage }),
    rules,
    notifications: describe.notificationDescriptors(),
    ...(options.taxonomy && { supportedTaxonomies: [describe.SUPPORTED_TAXONOMY] }),
  };
}

function findingsFor(report: Report, options: RenderOptions): Finding[] {
  const include = options.sarif?.includeSuppressed ?? false;
  const open = report.results.filter(
    (one) => one.closed === undefined && one.suppressed === undefined,
  );
  if (!include) return fold(report, open);
  const suppressed = report.results.filter((one) => one.suppressed !== undefined);
  // NOTE folded apart: a finding is suppressed only when all of it is.
  return [...fold(report, open), ...fold(report, suppressed)];
}

/** SARIF 2.1.0 as GitHub code scanning wants it: one run, all rules, dependencies at their line in Cargo.lock. */
export const sarif: Reporter = (report, options) => {
  const reader = lineReader(options);
  const anchors = anchorsOf(report, options, reader);
  const findings = findingsFor(report, options);
  const kept = findings.slice(0, options.sarif?.maxResults ?? MAX_RESULTS);
  const rules = describe.ruleList(options, findings);
  const context: Context = {
    report,
    options,
    anchors,
    rules: rulesById(rules),
    ruleIndex: new Map(rules.map((rule, index) => [rule.id, index])),
    fingerprints: fingerprinter(anchors, reader),
  };
  const run: Run = {
    tool: { driver: driver(report, describe.descriptors(rules, options), options) },
    invocations: [invocation(report, anchors, options, findings.length - kept.length)],
    automationDetails: { id: automationId(report) },
    columnKind: "utf16CodeUnits",
    ...(options.taxonomy && { taxonomies: [describe.taxonomyComponent(options.taxonomy)] }),
    results: kept.map((one) => sarifResult(context, one)),
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${safeJson(log, 1)}\n`;
};
