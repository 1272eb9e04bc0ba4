import type { InventoryRow } from "../../../src/model/inventory.ts";
import type { EffortRow, EffortRun } from "./effort.ts";
import { Errors } from "./errors.ts";

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

const CODES = ["E0532", "E0133", "E0080"] as const;

const fits = (code: Answer, context: string): boolean => EXPECTED[context]?.includes(code) === true;

/** What rustc says of one of a row's contexts; what none of them explains is put to the first. */
function answerOf(codes: ReadonlySet<string>, at: number, contexts: readonly string[]): Answer {
  const found = CODES.filter((code) => codes.has(code));
  const odd = found.find((code) => !contexts.some((context) => fits(code, context)));
  if (at === 0 && odd !== undefined) return odd;
  const own = found.find((code) => fits(code, contexts[at]!));
  return own ?? (found.length === 0 && codes.size > 0 ? "other" : "none");
}

/** Compares the contexts of each of our rows with what rustc says at that place. */
export function agree(
  run: EffortRun,
  inventory: readonly InventoryRow[],
  profile: ReadonlySet<string> = new Set(),
): Agreement {
  const statics = new Set(run.statics);
  const packages = new Set(run.packages);
  const idOf = (row: InventoryRow): string => `${row.package}@${row.version}`;
  const rows = inventory.filter(
    (row) => row.via !== "derived" && statics.has(row.symbol) && packages.has(idOf(row)),
  );
  const errors = new Errors(run.rows, rows);
  const matrix = new Map<string, Map<Answer, number>>();
  const wrong: Disagreement[] = [];
  let right = 0;
  for (const row of rows) {
    const codes = errors.codesAt(row);
    const contexts = row.contexts ?? [row.context];
    for (const [at, context] of contexts.entries()) {
      const answer = answerOf(codes, at, contexts);
      const line = matrix.get(context) ?? new Map<Answer, number>();
      matrix.set(context, line.set(answer, (line.get(answer) ?? 0) + 1));
      const expected = EXPECTED[context];
      if (expected === undefined) continue;
      if (expected.includes(answer)) right += 1;
      else wrong.push({ row: { ...row, context }, answer });
    }
  }
  const stopping = (names: ReadonlySet<string>): string[] =>
    [
      ...new Set(run.rows.filter((row) => names.has(row.symbol)).map((row) => row.package)),
    ].toSorted();
  return {
    matrix,
    right,
    wrong,
    unseen: errors.unseen(statics),
    forks: stopping(statics),
    profileForks: stopping(profile),
  };
}
