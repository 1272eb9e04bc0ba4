import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type {
  ConstantRow,
  FunctionRow,
  Knowledge,
  StructRow,
  SyscallRow,
} from "../model/knowledge.ts";
import { InputError } from "../util/errors.ts";
import { DATA_DIR } from "./data-dir.ts";
import {
  expandConstant,
  expandFunction,
  expandStruct,
  expandSyscall,
  expandTable,
  type Table,
} from "./rows.ts";

/** The release that is meant when nobody says which. */
export const DEFAULT_RELEASE = "4.0.2";

const loaded = new Map<string, Knowledge>();

/** The releases that there is knowledge about, oldest first. */
export function knownReleases(): string[] {
  const names = readdirSync(join(DATA_DIR, "cosmocc"));
  return names.sort((a, b) => (a === "master" ? 1 : b === "master" ? -1 : byNumbers(a, b)));
}

/** NOTE: a locale's own order of numbers is the same here, and takes longer to load than a table. */
function byNumbers(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? -1 : Number(left[at]) - Number(right[at] ?? -1);
}

/**
 * All that is known about one release of cosmocc. Each table is read when it is first asked for, once per
 * process; a release that we have no data for is a user's mistake (`InputError`).
 */
export function loadKnowledge(release: string = DEFAULT_RELEASE): Knowledge {
  const known = loaded.get(release);
  if (known) return known;
  assertRelease(release);
  const knowledge = lazyKnowledge(release);
  loaded.set(release, knowledge);
  return knowledge;
}

function assertRelease(release: string): void {
  const known = knownReleases();
  if (known.includes(release)) return;
  throw new InputError(`no knowledge about cosmocc release "${release}"`, {
    hint: `known releases: ${known.join(", ")}`,
  });
}

function lazyKnowledge(release: string): Knowledge {
  return {
    release,
    get constants() {
      return replace(
        this,
        "constants",
        expandTable(readTable(release, "constants"), expandConstant),
      );
    },
    get functions() {
      return replace(
        this,
        "functions",
        expandTable(readTable(release, "functions"), expandFunction),
      );
    },
    get structs() {
      return replace(this, "structs", expandTable(readTable(release, "structs"), expandStruct));
    },
    get syscalls() {
      return replace(this, "syscalls", expandTable(readTable(release, "syscalls"), expandSyscall));
    },
  };
}

/** Turns a getter into the value that it gave. */
function replace<T>(target: Knowledge, key: keyof Knowledge, value: T): T {
  Object.defineProperty(target, key, { value, enumerable: true });
  return value;
}

/**
 * The rows of one name, read without the rest of the tables: a table has one row per line, so a single name costs
 * a search in the text. For answers that have to be quick.
 */
export function readRows(release: string, name: string): Partial<KnowledgeRows> {
  assertRelease(release);
  const rows = {
    constant: readRow(release, "constants", name, expandConstant),
    function: readRow(release, "functions", name, expandFunction),
    struct: readRow(release, "structs", name, expandStruct),
    syscall: readRow(release, "syscalls", name, expandSyscall),
  };
  return Object.fromEntries(Object.entries(rows).filter(([, row]) => row !== undefined));
}

/** The rows that a name has in the tables of one release. */
export interface KnowledgeRows {
  readonly constant: ConstantRow;
  readonly function: FunctionRow;
  readonly struct: StructRow;
  readonly syscall: SyscallRow;
}

function readRow<Packed, Row>(
  release: string,
  table: string,
  name: string,
  expand: (packed: Packed, columns: Table["columns"]) => Row,
): Row | undefined {
  // NOTE: bytes, since only two lines of them become text.
  const bytes = readFileSync(join(DATA_DIR, "cosmocc", release, `${table}.json`));
  const start = bytes.indexOf(`\n${JSON.stringify(name)}:`);
  if (start === -1) return undefined;
  const end = bytes.indexOf("\n", start + 1);
  const line = bytes.toString("utf8", start + 1, end).replace(/,$/, "");
  const head = bytes.toString("utf8", 0, bytes.indexOf(",\n"));
  const { columns } = JSON.parse(`${head}}`) as Pick<Table, "columns">;
  const row = JSON.parse(`{${line}}`) as Readonly<Record<string, Packed>>;
  return expand(row[name] as Packed, columns);
}

/** The constants of a release that are not everywhere what Linux has, each with its class and group alone. */
export function divergentConstants(
  release: string,
): Readonly<Record<string, Pick<ConstantRow, "class" | "group">>> {
  // NOTE: a row is a line that begins so; to make five thousand objects of all that rows hold takes ten times as long.
  const row = /^"(\w+)":\{"class":"(differs|absent)","group":"(\w*)"/gm;
  const text = readFileSync(join(DATA_DIR, "cosmocc", release, "constants.json"), "utf8");
  const rows = Object.create(null) as Record<string, Pick<ConstantRow, "class" | "group">>;
  for (const [, name = "", kind, group = ""] of text.matchAll(row))
    rows[name] = { class: kind as ConstantRow["class"], group };
  return rows;
}

/** Every name that has a row in a release, of constants, functions and structs in turn. */
export function knownNames(release: string): string[] {
  assertRelease(release);
  return ["constants", "functions", "structs"].flatMap((table) =>
    Object.keys(readTable(release, table).rows),
  );
}

function readTable(release: string, name: string): Table {
  return JSON.parse(
    readFileSync(join(DATA_DIR, "cosmocc", release, `${name}.json`), "utf8"),
  ) as Table;
}
