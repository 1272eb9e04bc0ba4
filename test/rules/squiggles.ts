import type { Result } from "../../src/model/result.ts";
import { hostsText } from "../../src/util/hosts-text.ts";
import type { Linted } from "./lint-case.ts";
import type { RuleCase } from "./rule-cases.ts";

/** A case as a person can judge it: the code, marks under what was found, and what is said about it. */
export function showCase(each: RuleCase, rule: string, linted: Linted): string {
  const own = linted.results.filter((result) => result.rule === rule);
  const files = each.files === undefined ? [""] : [...new Set(own.map((result) => result.file))];
  const profile = each.profile === undefined ? "" : ` (profile ${each.profile})`;
  return [
    `${each.kind}: ${each.name}${profile}`,
    `  ${each.why}`,
    "",
    ...files.flatMap((file) => [
      ...(file === "" ? [] : [`  --> ${file}`]),
      ...marked(
        linted.textOf(file),
        own.filter((result) => file === "" || result.file === file),
      ),
    ]),
    ...(own.length === 0 ? ["  nothing to tell"] : own.map(verdict)),
    "",
  ].join("\n");
}

function marked(text: string, results: readonly Result[]): string[] {
  const lines = text.trimEnd().split("\n");
  return lines.flatMap((line, index) => {
    const here = results.filter((result) => result.span.start.line === index + 1);
    return [
      `  | ${line}`,
      ...here.map(
        ({ span }) =>
          `  | ${" ".repeat(span.start.column - 1)}${"~".repeat(Math.max(1, span.end.column - span.start.column))}`,
      ),
    ];
  });
}

function verdict(result: Result): string {
  const taxa = result.taxa.length === 0 ? "" : ` [${result.taxa.join(", ")}]`;
  const closed = result.closed === undefined ? "" : `\n    closed: ${result.closed.how}`;
  return [
    `  ${result.level}, ${result.harm}${taxa} on ${hostsText(result.hosts)}`,
    `    ${result.message}${closed}`,
    ...(result.help === undefined ? [] : [`    help: ${result.help}`]),
  ].join("\n");
}
