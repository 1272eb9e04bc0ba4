import type { Host } from "../model/host.ts";
import type { HostVerdict, Result } from "../model/result.ts";
import type { CrateRow, Matrix } from "../model/verdict.ts";
import { hostParts } from "./options.ts";
import type { TextStyle } from "./options.ts";
import { codeSpan, markdownText, plain, safeJson } from "./plain.ts";
import { drawn, penOf } from "./text/style.ts";
import type { Pen } from "./text/style.ts";
import { weightOf } from "./weight.ts";
import { padded, wrap } from "./width.ts";

/** Forms that `ape-lint matrix` has. */
export const MATRIX_FORMATS = ["text", "json", "markdown"] as const;
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

const SIGNS: Readonly<Record<HostVerdict, readonly [short: string, markdown: string]>> = {
  works: ["works", "✅"],
  "works with changes": ["changes", "🔧 changes"],
  degraded: ["degraded", "⚠️ degraded"],
  fails: ["fails", "❌ fails"],
  "does not build": ["no build", "🧱 no build"],
  unknown: ["unknown", "❔ unknown"],
};

/** Writes hosts against crates, the line of the whole program first. Pure. */
export function renderMatrix(format: MatrixFormat, matrix: Matrix, style: TextStyle = {}): string {
  if (format === "json") return `${safeJson(plainData(matrix), 2)}\n`;
  return format === "markdown" ? markdown(matrix, style) : text(matrix, style);
}

/** Crates that have something to tell; all of them when asked. */
function shownCrates(matrix: Matrix, style: TextStyle): readonly CrateRow[] {
  const told = matrix.crates.filter(
    (crate) => style.all === true || crate.verdict !== "as is" || crate.own,
  );
  return told.toSorted(
    (a, b) => weight(b, matrix.hosts) - weight(a, matrix.hosts) || (a.name < b.name ? -1 : 1),
  );
}

function weight(crate: CrateRow, hosts: readonly Host[]): number {
  return weightOf(hosts.map((host) => crate.cells[host] ?? "works"));
}

function text(matrix: Matrix, style: TextStyle): string {
  const pen = penOf({ text: style });
  const crates = shownCrates(matrix, style);
  const names = crates.map((crate) => plain(`${crate.name} ${crate.version}`, 60));
  const nameWidth = Math.max("whole program".length, ...names.map((name) => name.length));
  const line = (name: string, cells: readonly string[], last: string): string =>
    `${padded(name, nameWidth)}  ${cells.join("  ")}  ${last}`.trimEnd();
  const head = [0, 1].map((part) =>
    line(
      part === 0 ? "" : "crate",
      matrix.hosts.map((host) => padded(hostParts(host)[part] ?? "", CELL)),
      part === 0 ? "" : "verdict",
    ),
  );
  const whole = matrix.workload.map((row) => cell(pen, row.verdict));
  const rows = crates.map((crate, index) =>
    line(
      names[index] ?? "",
      matrix.hosts.map((host) => cell(pen, crate.cells[host] ?? "works")),
      crate.verdict,
    ),
  );
  return [
    `cosmocc ${matrix.release}, profile ${matrix.profile}`,
    "",
    ...head,
    line("whole program", whole, ""),
    ...rows,
    "",
    ...deciding(matrix, pen),
    ...left(matrix, crates),
    "",
  ].join("\n");
}

const CELL = 8;

function cell(pen: Pen, verdict: HostVerdict): string {
  const word = padded(SIGNS[verdict][0], CELL);
  if (verdict === "works") return pen.green(word);
  return verdict === "fails" || verdict === "does not build" ? pen.red(word) : pen.yellow(word);
}

function deciding(matrix: Matrix, pen: Pen): string[] {
  return matrix.workload.flatMap((row) => {
    const reasons = [...reasonsOf(matrix, row.because), ...(row.notes ?? [])];
    const lead = `${padded(row.host, 13)}${padded(SIGNS[row.verdict][0], CELL)}  `;
    return wrap(drawn(pen, plain(reasons.join("; "), 1200)), pen.width - lead.length).map(
      (part, index) => `${index === 0 ? lead : " ".repeat(lead.length)}${part}`.trimEnd(),
    );
  });
}

/** What decides a cell, worst first: the crate and the message of each result, a few of them. */
function reasonsOf(matrix: Matrix, because: readonly string[]): string[] {
  const results = new Map(matrix.results.map((result) => [result.fingerprint, result]));
  const told = because.slice(0, 3).map((reason) => sentence(results.get(reason), reason));
  return because.length > 3 ? [...told, `${because.length - 3} more`] : told;
}

function sentence(result: Result | undefined, reason: string): string {
  return result === undefined ? reason : `${result.package.name}: ${result.message}`;
}

function left(matrix: Matrix, shown: readonly CrateRow[]): string[] {
  const hidden = matrix.crates.length - shown.length;
  if (hidden === 0) return [];
  const rest =
    hidden === 1 ? "1 crate needs no change and is" : `${hidden} crates need no change and are`;
  return ["", `${rest} not shown (--all).`];
}

function markdown(matrix: Matrix, style: TextStyle): string {
  const crates = shownCrates(matrix, style);
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const hosts = matrix.hosts.map((host) => hostParts(host).join(" "));
  return [
    `### Hosts (cosmocc ${plain(matrix.release)}, profile ${plain(matrix.profile)})`,
    "",
    row(["crate", ...hosts, "verdict"]),
    row(["---", ...hosts.map(() => "---"), "---"]),
    row(["**whole program**", ...matrix.workload.map((each) => SIGNS[each.verdict][1]), ""]),
    ...crates.map((crate) =>
      row([
        codeSpan(`${crate.name} ${crate.version}`),
        ...matrix.hosts.map((host) => SIGNS[crate.cells[host] ?? "works"][1]),
        crate.verdict,
      ]),
    ),
    "",
    ...matrix.workload.map((each) => {
      const reasons = [...reasonsOf(matrix, each.because), ...(each.notes ?? [])]
        .map(markdownText)
        .join("; ");
      return `- **${each.host}** ${each.verdict}: ${reasons}`;
    }),
    ...left(matrix, crates),
    "",
  ].join("\n");
}

/** The matrix as plain data, with the results that decide and no others. */
function plainData(matrix: Matrix): unknown {
  const { release, profile, hosts, workload, crates, results } = matrix;
  const named = new Set([...workload, ...crates].flatMap((row) => row.because));
  const told = results.filter((result) => named.has(result.fingerprint));
  return { schemaVersion: 1, release, profile, hosts, workload, crates, results: told };
}
