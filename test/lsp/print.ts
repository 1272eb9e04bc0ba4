import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol/node";

const SEVERITY = ["", "error", "warning", "note", "hint"];

/** Diagnostics as a person would see them: the line, what is marked in it, and what is said. Columns in UTF-16. */
export function printDiagnostics(
  lines: readonly string[],
  found: readonly Diagnostic[],
  root: string,
): string {
  return found.map((each) => printOne(lines, each, root)).join("\n");
}

/** What was sent last about every file, in order of the files. */
export function printAll(
  pushed: readonly PublishDiagnosticsParams[],
  root: string,
  linesOf: (file: string) => readonly string[],
): string {
  const last = new Map(pushed.map((message) => [fileURLToPath(message.uri), message.diagnostics]));
  return [...last]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([file, found]) =>
        `=== ${shown(file, root)}\n${printDiagnostics(linesOf(file), found, root)}`,
    )
    .join("\n");
}

function printOne(lines: readonly string[], each: Diagnostic, root: string): string {
  const {
    range,
    message,
    code,
    severity = 0,
    codeDescription,
    relatedInformation = [],
    tags,
  } = each;
  const said = typeof message === "string" ? message : message.value;
  const text = lines[range.start.line] ?? "";
  const marks = text.slice(
    range.start.character,
    range.end.line > range.start.line ? undefined : range.end.character,
  );
  const notes = relatedInformation.map(({ location, message: note }) => {
    const { line, character } = location.range.start;
    return `    see ${shown(fileURLToPath(location.uri), root)}:${line + 1}:${character + 1}: ${note}`;
  });
  return [
    `${range.start.line + 1}:${range.start.character + 1} ${SEVERITY[severity]}[${code}]${tags === undefined ? "" : " (can go)"} ‹${marks}›`,
    ...said.split("\n").map((line) => `    ${line}`),
    ...notes,
    ...(codeDescription === undefined
      ? []
      : [`    page ${path.basename(path.dirname(codeDescription.href))}`]),
    "",
  ].join("\n");
}

function shown(file: string, root: string): string {
  return path.relative(root, file).replaceAll("\\", "/");
}
