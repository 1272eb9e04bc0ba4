import type { InventoryRow } from "../../src/model/inventory.ts";
import type { OracleRow, OracleRun } from "./model.ts";

/** A use that both sides report, and how well they agree on its place. */
export interface Hit {
  readonly oracle: OracleRow;
  readonly ours: InventoryRow;
  /** `column`: on the same line; `macro`: at a call of the macro that the name is written in. */
  readonly place: "exact" | "column" | "macro";
}

/** A row of one side only, with the group of likely causes it falls in. */
export interface Lonely<Row> {
  readonly row: Row;
  readonly cause: string;
}

/** Both sides of one run. Aliases (`type pid_t`) are apart: they are no work for a porter. */
export interface Comparison {
  readonly hits: readonly Hit[];
  readonly missed: readonly Lonely<OracleRow>[];
  readonly wrong: readonly Lonely<InventoryRow>[];
  /** Uses of type aliases: in rustc's list, and of those in ours. */
  readonly aliases: { readonly all: number; readonly found: number };
}

interface Where {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly symbol: string;
}

const fileKey = (row: Where): string => `${row.package}@${row.version}|${row.file}`;
const lineKey = (row: Where): string => `${fileKey(row)}|${row.line}|${row.symbol}`;
const exactKey = (row: Where): string => `${lineKey(row)}|${row.column}`;

const COUNTED = new Set(["const", "fn", "static", "struct"]);

/** True for the kinds that recall and precision are about. */
export function isCounted(row: OracleRow): boolean {
  return row.kinds.some((kind) => COUNTED.has(kind));
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row)) ?? [];
    group.push(row);
    groups.set(key(row), group);
  }
  return groups;
}

const placeKey = (row: Where): string => `${fileKey(row)}|${row.line}|${row.column}`;
const spelledKey = (row: OracleRow): string =>
  exactKey({ ...row, symbol: row.spelled ?? row.symbol });

/** Rows of one side that have no partner yet, each place and symbol once. */
class Pool<Row extends Where> {
  readonly #left: Set<Row>;

  constructor(rows: Iterable<Row>) {
    const seen = new Map<string, Row>();
    for (const row of rows) if (!seen.has(exactKey(row))) seen.set(exactKey(row), row);
    this.#left = new Set(seen.values());
  }

  rest(): Row[] {
    return [...this.#left];
  }

  take(row: Row): void {
    this.#left.delete(row);
  }
}

type Pair = readonly [OracleRow, InventoryRow];

/** Pairs what is left by a key of each side; each row is used once. */
function pair(
  theirs: Pool<OracleRow>,
  ours: Pool<InventoryRow>,
  key: (row: OracleRow) => string,
  ourKey: (row: InventoryRow) => string,
): Pair[] {
  const free = groupBy(ours.rest(), ourKey);
  const pairs: Pair[] = [];
  for (const row of theirs.rest()) {
    const other = free.get(key(row))?.shift();
    if (other === undefined) continue;
    pairs.push([row, other]);
    theirs.take(row);
    ours.take(other);
  }
  return pairs;
}

/** Pairs a name in a macro's body with our row at a call of that macro; takes the rows of its other calls away. */
function pairByCall(theirs: Pool<OracleRow>, ours: Pool<InventoryRow>): Pair[] {
  const free = groupBy(ours.rest(), lineKey);
  const pairs: Pair[] = [];
  for (const row of theirs.rest()) {
    const [first, ...others] = row.calls.flatMap(
      (call) => free.get(lineKey({ ...row, ...call })) ?? [],
    );
    if (first === undefined) continue;
    pairs.push([row, first]);
    theirs.take(row);
    for (const other of [first, ...others]) ours.take(other);
  }
  return pairs;
}

/** Sets our inventory against rustc's list for the packages that did compile. */
export function compare(run: OracleRun, inventory: readonly InventoryRow[]): Comparison {
  const failed = new Set(Object.keys(run.failed).map((name) => name.replace(/@.*/, "")));
  const compiled = new Set(run.packages);
  // NOTE what stands above a package that does not compile is not compiled either: no truth, no verdict.
  const judged = inventory.filter(
    (row) =>
      row.via !== "derived" &&
      (failed.size === 0 ||
        (compiled.has(`${row.package}@${row.version}`) && !failed.has(row.package))),
  );
  const rows = run.rows.filter((row) => !failed.has(row.package));
  const ours = new Pool(judged);
  const theirs = new Pool(rows.filter(isCounted));
  const aliases = new Pool(rows.filter((row) => !isCounted(row)));
  const hits: Hit[] = [];
  const add = (pairs: readonly Pair[], place: Hit["place"]): void => {
    for (const [oracle, row] of pairs) hits.push({ oracle, ours: row, place });
  };
  add(pair(theirs, ours, exactKey, exactKey), "exact");
  add(pair(theirs, ours, spelledKey, exactKey), "exact");
  const isAlias = (row: OracleRow): boolean => row.kinds.includes("type");
  const all = aliases.rest().filter(isAlias).length;
  const found = pair(aliases, ours, exactKey, exactKey).filter(([row]) => isAlias(row)).length;
  add(pair(theirs, ours, lineKey, lineKey), "column");
  add(pairByCall(theirs, ours), "macro");
  const places = new Set(theirs.rest().map(placeKey));
  const missed = theirs.rest().map((row) => ({ row, cause: causeOfMiss(row, judged) }));
  const wrong = ours.rest().map((row) => ({ row, cause: causeOfWrong(row, run, places) }));
  return { hits, missed, wrong, aliases: { all, found } };
}

/** How a name is written, as far as rustc's row tells: the construct that recall is counted by. */
export function constructOf(row: OracleRow): string {
  const [macro] = row.macros;
  if (row.written !== undefined) return `macro of another crate (${macro?.macro ?? "?"})`;
  if (macro !== undefined) return `body of macro ${macro.macro}`;
  if (/^(pub(\([^)]*\))? )?use /.test(row.text)) return "import";
  if (new RegExp(`\\blibc::(r#)?${row.symbol}\\b`).test(row.text)) return "libc::NAME";
  if (new RegExp(`::(r#)?${row.symbol}\\b`).test(row.text)) return "other::NAME";
  return "bare name";
}

function causeOfMiss(row: OracleRow, inventory: readonly InventoryRow[]): string {
  const construct = constructOf(row);
  const id = `${row.package}@${row.version}`;
  const inPackage = inventory.filter((other) => `${other.package}@${other.version}` === id);
  if (inPackage.length === 0) return "package without any row of ours";
  if (!inPackage.some((other) => other.file === row.file))
    return `file without any row of ours; ${construct}`;
  return construct;
}

function causeOfWrong(row: InventoryRow, run: OracleRun, missed: ReadonlySet<string>): string {
  const unsure = row.active === "unknown" ? "; active unknown" : "";
  if (!run.packages.includes(`${row.package}@${row.version}`))
    return `package not compiled for this target${unsure}`;
  if (missed.has(placeKey(row))) return `rustc sees another name at this place${unsure}`;
  const inFile = run.rows.filter((other) => fileKey(other) === fileKey(row));
  if (inFile.length === 0) return `file without any row of rustc's${unsure}`;
  return `via ${row.via} in ${row.context}${unsure}`;
}
