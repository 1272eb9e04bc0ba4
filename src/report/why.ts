import type { Result } from "../model/result.ts";
import type { Why, WhyStep } from "../model/verdict.ts";
import { hostsText } from "../util/hosts-text.ts";
import type { TextStyle } from "./options.ts";
import { codeSpan, count, markdownText, plain, safeJson } from "./plain.ts";
import { drawn, penOf } from "./text/style.ts";
import type { Pen } from "./text/style.ts";
import { wrap } from "./width.ts";
import { counts } from "../util/counts.ts";

/** Forms that `ape-lint why` has. */
export const WHY_FORMATS = ["text", "json", "markdown"] as const;
export type WhyFormat = (typeof WHY_FORMATS)[number];

/** Writes how a crate comes into the tree and what it brings with it. Pure. */
export function renderWhy(format: WhyFormat, why: Why, style: TextStyle = {}): string {
  if (format === "json") return `${safeJson({ schemaVersion: 1, ...why }, 2)}\n`;
  return format === "markdown" ? markdown(why) : text(why, penOf({ text: style }));
}

function text(why: Why, pen: Pen): string {
  const head = `${pen.bold(plain(`${why.name} ${why.version}`))}: ${why.verdict}`;
  const features = why.features.length === 0 ? [] : [`features: ${plain(why.features.join(", "))}`];
  return [
    head,
    ...features.flatMap((line) => wrap(line, pen.width)),
    "",
    ...pathsText(why, pen),
    ...brings(why).flatMap((line) =>
      wrap(drawn(pen, plain(line)), pen.width - 2).map((part) => `  ${part}`),
    ),
    "",
  ].join("\n");
}

function pathsText(why: Why, pen: Pen): string[] {
  if (why.paths.every((path) => path.length === 0)) return ["It is what you asked about.", ""];
  const more = why.more ? " or more" : "";
  return [
    `${count(why.paths.length, "way")}${more} into the tree:`,
    ...why.paths.flatMap((path) => [
      "",
      ...path.map((step, index) => drawn(pen, `  ${"  ".repeat(index)}${plain(stepText(step))}`)),
    ]),
    "",
  ];
}

/** `tokio 1.0.0 → mio 1.0.0, by feature net; asks for os-poll`. */
function stepText({ from, to, kind, enabledBy, asks }: WhyStep): string {
  const parts = [
    `${from} → ${to}`,
    kind === "build" ? "for its build script" : "",
    enabledBy.length === 0
      ? ""
      : `by ${enabledBy.length === 1 ? "feature" : "features"} ${enabledBy.join(", ")}`,
    asks.length === 0 ? "" : `asks for ${asks.join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** One line per rule: how many places, where, on which hosts. */
function brings(why: Why): string[] {
  const open = why.results.filter(counts);
  if (open.length === 0) return ["Nothing was found in it."];
  const byRule = new Map<string, Result[]>();
  for (const result of open) byRule.set(result.rule, [...(byRule.get(result.rule) ?? []), result]);
  return [...byRule].map(([rule, results]) => {
    const hosts = new Set(results.flatMap((result) => result.hosts));
    const names = [...new Set(results.map((result) => result.symbol))];
    const shown =
      names.length > 5
        ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`
        : names.join(", ");
    return `${rule}: ${count(results.length, "place")} (${shown}) on ${hostsText([...hosts])}`;
  });
}

function markdown(why: Why): string {
  const shown = why.paths.filter((path) => path.length > 0);
  return [
    `### Why ${codeSpan(`${why.name} ${why.version}`)} is in the tree`,
    "",
    `Verdict: **${why.verdict}**`,
    "",
    ...shown.map((path) => `- ${path.map((step) => markdownText(stepText(step))).join("<br>")}`),
    ...(why.more ? ["- more ways are not listed"] : []),
    "",
    ...brings(why).map((line) => `- ${markdownText(line)}`),
    "",
  ].join("\n");
}
