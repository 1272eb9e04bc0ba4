import type { Hazard, PackageChange, TreeDiff } from "../model/diff.ts";
import type { TextStyle } from "./options.ts";
import { codeSpan, count, markdownText, plain, safeJson } from "./plain.ts";
import { drawn, penOf } from "./text/style.ts";
import type { Pen } from "./text/style.ts";

/** Forms that `ape-lint diff` has. */
export const DIFF_FORMATS = ["text", "json", "markdown"] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** Writes what a change brings and takes away. Pure. */
export function renderDiff(format: DiffFormat, diff: TreeDiff, style: TextStyle = {}): string {
  if (format === "json") return `${safeJson({ schemaVersion: 1, ...diff }, 2)}\n`;
  return format === "markdown" ? markdown(diff) : text(diff, style);
}

/** Crates with hazards that came or went first; versions that changed nothing are one line. */
function parted({ packages }: TreeDiff): { telling: PackageChange[]; quiet: PackageChange[] } {
  const tells = ({ added, removed }: PackageChange): boolean => added.length + removed.length > 0;
  const telling = packages.filter(tells);
  telling.sort((a, b) => b.added.length - a.added.length || (a.name < b.name ? -1 : 1));
  return { telling, quiet: packages.filter((each) => !tells(each)) };
}

function versions({ before, after }: PackageChange): string {
  if (before.length === 0) return `new: ${after.join(", ")}`;
  if (after.length === 0) return `gone: ${before.join(", ")}`;
  return before.join() === after.join()
    ? after.join(", ")
    : `${before.join(", ")} → ${after.join(", ")}`;
}

function totals(diff: TreeDiff): string {
  const sum = (side: "added" | "removed"): number =>
    diff.packages.reduce((all, each) => all + each[side].length, 0);
  return `${count(sum("added"), "hazard")} added, ${sum("removed")} removed, ${diff.stays} in both.`;
}

function text(diff: TreeDiff, style: TextStyle): string {
  const pen = penOf({ text: style });
  const { telling, quiet } = parted(diff);
  const lines = [
    `${plain(diff.before)} → ${plain(diff.after)}`,
    "",
    ...telling.flatMap((each) => [...crateLines(each, pen), ""]),
    ...(quiet.length === 0
      ? []
      : [
          `Nothing changes with: ${quiet.map((each) => `${each.name} ${versions(each)}`).join("; ")}`,
        ]),
    ...diff.hosts
      .filter(({ before, after }) => before !== after)
      .map(({ host, before, after }) => `${host}: ${before ?? "unknown"} → ${after ?? "unknown"}`),
    totals(diff),
  ];
  return `${lines.map((line) => drawn(pen, line)).join("\n")}\n`;
}

function crateLines(change: PackageChange, pen: Pen): string[] {
  const { name, path, added, removed } = change;
  return [
    pen.bold(`${plain(name)} ${plain(versions(change))}`),
    ...(path.length > 1 ? [pen.dim(`  ${plain(path.join(" → "))}`)] : []),
    ...added.map((hazard) => pen.red(`  + ${told(hazard)}`)),
    ...removed.map((hazard) => pen.green(`  - ${told(hazard)}`)),
  ];
}

function told({ level, rule, taxa, message, places, place }: Hazard): string {
  const where = places === 1 ? place : `${place} and ${places - 1} more`;
  const marks = [`${level}[${rule}]`, ...taxa].join(" ");
  return plain(`${marks} ${message.replace(/[.\s]+$/u, "")} (${where})`);
}

/** GitHub takes 65,536 characters for a comment. */
const MAX_ROWS = 60;

function markdown(diff: TreeDiff): string {
  const { telling, quiet } = parted(diff);
  const rows = telling.flatMap((change) => [
    ...change.added.map((hazard) => row("➕", change, hazard)),
    ...change.removed.map((hazard) => row("➖", change, hazard)),
  ]);
  const cut = rows.length - MAX_ROWS;
  const table = [
    "| | crate | rule | what | hosts |",
    "| --- | --- | --- | --- | --- |",
    ...rows.slice(0, MAX_ROWS),
    ...(cut > 0 ? ["", `${cut} more: \`ape-lint diff\` shows all.`] : []),
  ];
  const hosts = diff.hosts
    .filter(({ before, after }) => before !== after)
    .map(
      ({ host, before, after }) => `- ${host}: ${before ?? "unknown"} → **${after ?? "unknown"}**`,
    );
  return [
    `### ape-lint: ${codeSpan(diff.before)} → ${codeSpan(diff.after)}`,
    "",
    totals(diff),
    ...(rows.length === 0 ? [] : ["", ...table]),
    ...(hosts.length === 0 ? [] : ["", ...hosts]),
    ...(quiet.length === 0
      ? []
      : ["", `${count(quiet.length, "more crate")} changed without a difference.`]),
    "",
  ].join("\n");
}

function row(sign: string, change: PackageChange, hazard: Hazard): string {
  const crate = `${markdownText(change.name)} ${markdownText(versions(change))}`;
  const what = markdownText(hazard.message.slice(0, 300));
  return `| ${sign} | ${crate} | ${codeSpan(hazard.rule)} | ${what} | ${hazard.hosts.length} |`;
}
