import type { InventoryRow } from "../../../src/model/inventory.ts";
import type { EffortRow } from "./effort.ts";

/** Lines at which an error about a constant may have been written: its own, or a call of its macro. */
interface Lines {
  readonly from: number;
  readonly to: number;
  readonly error: EffortRow;
}

type Placed = Pick<EffortRow, "file" | "line" | "symbol">;

const idOf = (row: InventoryRow): string => `${row.package}@${row.version}`;
const lineKey = (id: string, at: Placed): string => `${id}|${at.file}|${at.line}|${at.symbol}`;
const placeKey = (id: string, at: Omit<Placed, "symbol"> & { readonly column: number }): string =>
  `${id}|${at.file}|${at.line}:${at.column}`;

/** rustc's errors, asked by our rows. */
export class Errors {
  private readonly lines = new Map<string, Lines[]>();
  /** Errors about a fragment of a macro (`$flag`): rustc does not say which constant stands there. */
  private readonly nameless = new Map<string, Lines[]>();
  private readonly all: readonly EffortRow[];
  private readonly seen = new Set<EffortRow>();

  constructor(errors: readonly EffortRow[], inventory: readonly InventoryRow[]) {
    this.all = errors;
    const ours = new Set(inventory.map((row) => lineKey(idOf(row), row)));
    const names = new Map(inventory.map((row) => [placeKey(idOf(row), row), row.symbol]));
    for (const error of errors) this.place(error, ours, names);
  }

  /** At the calls of macros only where no row of ours is at the place itself. */
  private place(
    error: EffortRow,
    ours: ReadonlySet<string>,
    names: ReadonlyMap<string, string>,
  ): void {
    const id = error.package;
    const itself = { ...error, endLine: error.line };
    const isOurs = ours.has(lineKey(id, error));
    // written by another name, which an import gave it
    const symbol = (isOurs ? undefined : names.get(placeKey(id, error))) ?? error.symbol;
    const places = isOurs || symbol !== error.symbol ? [itself] : [itself, ...error.calls];
    const table = symbol === "" ? this.nameless : this.lines;
    for (const { file, line: from, endLine: to } of places) {
      const key = `${id}|${file}|${symbol}`;
      table.set(key, [...(table.get(key) ?? []), { from, to, error }]);
    }
  }

  /** The codes of the errors about a row's constant where the row stands. */
  codesAt(row: InventoryRow): Set<string> {
    const key = `${idOf(row)}|${row.file}|`;
    const named = this.at(this.lines.get(`${key}${row.symbol}`), row.line);
    const nameless = row.via === "macro" ? this.at(this.nameless.get(key), row.line) : [];
    for (const error of [...named, ...nameless]) this.seen.add(error);
    return new Set((named.length > 0 ? named : nameless).map(({ code }) => code));
  }

  private at(lines: readonly Lines[] = [], line: number): EffortRow[] {
    return lines.filter(({ from, to }) => from <= line && line <= to).map(({ error }) => error);
  }

  /** Errors that no row has asked for. */
  unseen(statics: ReadonlySet<string>): EffortRow[] {
    return this.all.filter((error) => {
      const isNameless = error.symbol === "" && (error.code === "E0133" || error.code === "E0532");
      return (isNameless || statics.has(error.symbol)) && !this.seen.has(error);
    });
  }
}
