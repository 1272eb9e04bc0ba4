import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { crateKey } from "../../src/util/crate-key.ts";
import type { Comparison } from "./compare.ts";
import { type Counts, countBy, type Cut, percent, precision, recall } from "./figures.ts";
import type { OracleRun } from "./model.ts";
import type { PackageDir } from "./prepare.ts";

/** Reads source lines of the packages of a tree, each file once. */
export class Sources {
  readonly #dirs: ReadonlyMap<string, string>;
  readonly #files = new Map<string, readonly string[]>();

  constructor(dirs: readonly PackageDir[]) {
    this.#dirs = new Map(dirs.map((p) => [crateKey(p), p.dir]));
  }

  /** The line at a place, without the blanks around it; empty when there is none. */
  async line(at: {
    package: string;
    version: string;
    file: string;
    line: number;
  }): Promise<string> {
    const dir = this.#dirs.get(`${at.package}@${at.version}`);
    if (dir === undefined) return "";
    const path = join(dir, at.file);
    const known = this.#files.get(path);
    const lines = known ?? (await readFile(path, "utf8").catch(() => "")).split("\n");
    this.#files.set(path, lines);
    return (lines[at.line - 1] ?? "").trim();
  }
}

/** `name  hits missed wrong unsure  recall precision`, one line per group, the worst first. */
export function table(counts: ReadonlyMap<string, Counts>): string {
  const worst = (c: Counts): number => c.missed + c.wrong + c.unsure;
  const rows = [...counts].toSorted(([, a], [, b]) => worst(b) - worst(a));
  const line = ([name, c]: [string, Counts]): string =>
    `${name.padEnd(42)} ${String(c.hits).padStart(6)} ${String(c.missed).padStart(6)} ${String(c.wrong).padStart(6)} ${String(c.unsure).padStart(6)}  ${percent(recall(c)).padStart(9)} ${percent(precision(c)).padStart(9)}`;
  return [
    `${"".padEnd(42)}   hits missed  wrong unsure     recall precision`,
    ...rows.map(line),
  ].join("\n");
}

function groups<Row>(lonely: readonly { row: Row; cause: string }[]): [string, Row[]][] {
  const by = new Map<string, Row[]>();
  for (const { row, cause } of lonely) by.set(cause, [...(by.get(cause) ?? []), row]);
  return [...by].toSorted(([, a], [, b]) => b.length - a.length);
}

const CUTS: readonly Cut[] = ["all", "package", "kind", "construct", "context"];

/** Everything about one run: figures by every cut, then each miss and each false hit with its line. */
export async function report(
  run: OracleRun,
  comparison: Comparison,
  sources: Sources,
): Promise<string> {
  const out = [
    `# ${run.subject} ${run.target}`,
    `${run.rustc}, libc ${run.libc}, ${run.packages.length} packages`,
  ];
  for (const [name, why] of Object.entries(run.failed)) out.push(`left out: ${name}: ${why}`);
  for (const cut of CUTS) out.push("", `## by ${cut}`, table(countBy([comparison], cut)));
  const { all, found } = comparison.aliases;
  const place = (kind: string): number =>
    comparison.hits.filter((hit) => hit.place === kind).length;
  out.push(
    "",
    `type aliases: ${found} of ${all}; hits with another column: ${place("column")}, at a macro's call: ${place("macro")}`,
  );
  out.push("", `## missed: ${comparison.missed.length}`);
  for (const [cause, rows] of groups(comparison.missed)) {
    out.push("", `### ${cause}: ${rows.length}`);
    for (const row of rows)
      out.push(
        `${row.package}@${row.version} ${row.file}:${row.line}:${row.column} ${row.symbol} [${row.kinds.join("+")}]${chain(row.macros)}  | ${row.text}`,
      );
  }
  out.push("", `## wrong: ${comparison.wrong.length}`);
  for (const [cause, rows] of groups(comparison.wrong)) {
    out.push("", `### ${cause}: ${rows.length}`);
    for (const row of rows)
      out.push(
        `${row.package}@${row.version} ${row.file}:${row.line}:${row.column} ${row.symbol} [${row.kind}, ${row.context}]  | ${await sources.line(row)}`,
      );
  }
  const moved = comparison.hits.filter((hit) => hit.place !== "exact");
  out.push("", `## hits at another place: ${moved.length}`);
  for (const { oracle, ours, place: how } of moved)
    out.push(
      `${oracle.package} ${oracle.file}:${oracle.line}:${oracle.column} ${oracle.symbol}, ours ${ours.line}:${ours.column} (${how})  | ${oracle.text}`,
    );
  return `${out.join("\n")}\n`;
}

function chain(macros: readonly { macro: string; file: string; line: number }[]): string {
  return macros.map((m) => ` <- ${m.macro} at ${m.file}:${m.line}`).join("");
}
