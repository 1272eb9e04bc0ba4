import type { InventoryRow } from "../../../src/model/inventory.ts";
import type { EffortRow, EffortRun } from "./effort.ts";

/** rustc's answer at one place; `none`: it compiles as it is. */
export type Answer = "E0532" | "E0133" | "E0080" | "none" | "other";

/** What each context must answer; a context that is not here may answer anything. */
const EXPECTED: Readonly<Record<string, readonly Answer[]>> = {
  import: ["none"],
  "unsafe-expr": ["none"],
  "safe-expr": ["E0133"],
  pattern: ["E0532"],
  "const-item": ["E0133", "E0080"],
  "const-fn": ["E0133", "E0080"],
  static: ["E0133", "E0080"],
  "array-length": ["E0133", "E0080"],
  discriminant: ["E0133", "E0080"],
};

/** A use whose context says one thing and rustc another. */
export interface Disagreement {
  readonly row: InventoryRow;
  readonly answer: Answer;
}

/** Our contexts against rustc's errors, over the constants that were made statics. */
export interface Agreement {
  /** Count per context and answer. */
  readonly matrix: ReadonlyMap<string, ReadonlyMap<Answer, number>>;
  readonly right: number;
  readonly wrong: readonly Disagreement[];
  /** Errors at places where we have no row. */
  readonly unseen: readonly EffortRow[];
  /** Packages that do not compile any more when all divergent constants are statics. */
  readonly forks: readonly string[];
  /** Those of them that stop at a constant which the profile's libc makes a static: they need a fork. */
  readonly profileForks: readonly string[];
}

function answerOf(codes: ReadonlySet<string>): Answer {
  for (const code of ["E0532", "E0133", "E0080"] as const) if (codes.has(code)) return code;
  return codes.size === 0 ? "none" : "other";
}

/** Lines at which an error about a constant may have been written: its own, or a call of its macro. */
interface Lines {
  readonly from: number;
  readonly to: number;
  readonly error: EffortRow;
}

const lineKey = (id: string, at: { file: string; line: number; symbol: string }): string =>
  `${id}|${at.file}|${at.line}|${at.symbol}`;

/** Errors by package, file and constant; at the calls of macros only where no row of ours is at the place itself. */
function index(run: EffortRun, inventory: readonly InventoryRow[]): Map<string, Lines[]> {
  const ours = new Set(inventory.map((row) => lineKey(`${row.package}@${row.version}`, row)));
  const lines = new Map<string, Lines[]>();
  for (const error of run.rows) {
    const itself = { ...error, endLine: error.line };
    for (const place of ours.has(lineKey(error.package, error))
      ? [itself]
      : [itself, ...error.calls]) {
      const key = `${error.package}|${place.file}|${error.symbol}`;
      lines.set(key, [...(lines.get(key) ?? []), { from: place.line, to: place.endLine, error }]);
    }
  }
  return lines;
}

/** Compares the context of each of our rows with what rustc says at that place. */
export function agree(
  run: EffortRun,
  inventory: readonly InventoryRow[],
  profile: ReadonlySet<string> = new Set(),
): Agreement {
  const statics = new Set(run.statics);
  const packages = new Set(run.packages);
  const lines = index(run, inventory);
  const seen = new Set<EffortRow>();
  const matrix = new Map<string, Map<Answer, number>>();
  const wrong: Disagreement[] = [];
  let right = 0;
  for (const row of inventory) {
    const id = `${row.package}@${row.version}`;
    if (row.via === "derived" || !statics.has(row.symbol) || !packages.has(id)) continue;
    const all = lines.get(`${id}|${row.file}|${row.symbol}`) ?? [];
    const here = all.filter(({ from, to }) => from <= row.line && row.line <= to);
    for (const { error } of here) seen.add(error);
    const answer = answerOf(new Set(here.map(({ error }) => error.code)));
    const line = matrix.get(row.context) ?? new Map<Answer, number>();
    matrix.set(row.context, line.set(answer, (line.get(answer) ?? 0) + 1));
    const expected = EXPECTED[row.context];
    if (expected === undefined) continue;
    if (expected.includes(answer)) right += 1;
    else wrong.push({ row, answer });
  }
  const stopping = (names: ReadonlySet<string>): string[] =>
    [
      ...new Set(run.rows.filter((row) => names.has(row.symbol)).map((row) => row.package)),
    ].toSorted();
  const unseen = run.rows.filter((row) => statics.has(row.symbol) && !seen.has(row));
  return {
    matrix,
    right,
    wrong,
    unseen,
    forks: stopping(statics),
    profileForks: stopping(profile),
  };
}
