import { createHash } from "node:crypto";
import type { Level } from "../model/rule.ts";
import { hostsText } from "../util/hosts-text.ts";
import { anchorsOf, directDependency } from "./anchor.ts";
import { headline, rulesById } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { lineReader } from "./lines.ts";
import type { Reporter } from "./options.ts";
import { plain, safeJson } from "./plain.ts";
import { openFindings } from "./summary.ts";

const SEVERITIES: Readonly<Record<Level, string>> = {
  error: "major",
  warning: "minor",
  note: "info",
};

function severity(one: Finding): string {
  return one.level === "error" && one.harm === "silent" ? "critical" : SEVERITIES[one.level];
}

function stableKey(one: Finding): string {
  return one.package.own
    ? `own\n${one.best.fingerprint}`
    : `dependency\n${one.rule}\n${one.package.name}\n${directDependency(one.package)}\n${one.level === "note"}`;
}

/** GitLab's code quality report: an array of issues, each fingerprint once. */
export const gitlab: Reporter = (report, options) => {
  const anchors = anchorsOf(report, options, lineReader(options));
  const rules = rulesById(options.rules);
  const seen = new Map<string, number>();
  const issues = openFindings(report).map((one) => {
    const { package: owner, best } = one;
    const anchor = owner.own ? anchors.site(owner, best.file, best.span) : anchors.package(owner);
    const key = stableKey(one);
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    const hosts = one.hosts.length > 0 ? ` (${hostsText(one.hosts)})` : "";
    return {
      description: plain(`${headline(one, rules)}${hosts}`),
      check_name: one.rule,
      fingerprint: createHash("sha256").update(`${key}\n${ordinal}`).digest("hex"),
      severity: severity(one),
      location: { path: anchor.path, lines: { begin: anchor.line } },
    };
  });
  return `${safeJson(issues, 2)}\n`;
};
