import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { HOSTS, type Arch, type Host } from "../model/host.ts";
import type { ConstantClass, ConstantRow, HostValue, Knowledge } from "../model/knowledge.ts";
import { InputError } from "../util/errors.ts";
import { DATA_DIR } from "./data-dir.ts";

/** The release that is meant when nobody says which. */
export const DEFAULT_RELEASE = "4.0.2";

const loaded = new Map<string, Knowledge>();

/** The releases that there is knowledge about, oldest first. */
export function knownReleases(): string[] {
  const names = readdirSync(join(DATA_DIR, "cosmocc"));
  return names.sort((a, b) =>
    a === "master" ? 1 : b === "master" ? -1 : a.localeCompare(b, "en", { numeric: true }),
  );
}

/**
 * All that is known about one release of cosmocc. Each table is read when it is first asked for, once per
 * process; a release that we have no data for is a user's mistake (`InputError`).
 */
export function loadKnowledge(release: string = DEFAULT_RELEASE): Knowledge {
  const known = loaded.get(release);
  if (known) return known;
  if (!knownReleases().includes(release))
    throw new InputError(`no knowledge about cosmocc release "${release}"`, {
      hint: `known releases: ${knownReleases().join(", ")}`,
    });
  const knowledge = lazyKnowledge(release);
  loaded.set(release, knowledge);
  return knowledge;
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
      return replace(this, "functions", {});
    },
    get structs() {
      return replace(this, "structs", {});
    },
    get syscalls() {
      return replace(this, "syscalls", {});
    },
  };
}

/** Turns a getter into the value that it gave. */
function replace<T>(target: Knowledge, key: keyof Knowledge, value: T): T {
  Object.defineProperty(target, key, { value, enumerable: true });
  return value;
}

interface Table {
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, unknown>>;
}

function readTable(release: string, name: string): Table {
  return JSON.parse(
    readFileSync(join(DATA_DIR, "cosmocc", release, `${name}.json`), "utf8"),
  ) as Table;
}

function expandTable<Packed, Row>(
  table: Table,
  expand: (packed: Packed, columns: Table["columns"]) => Row,
): Record<string, Row> {
  // NOTE: no prototype, so that a crate's own name such as `constructor` is not found here.
  const rows = Object.create(null) as Record<string, Row>;
  for (const [name, packed] of Object.entries(table.rows))
    rows[name] = expand(packed as Packed, table.columns);
  return rows;
}

interface PackedConstant {
  readonly class: ConstantClass;
  readonly group: string;
  readonly runtime?: boolean;
  readonly libc: readonly (number | null)[];
  readonly hosts?: readonly HostValue[];
  readonly means?: Readonly<Partial<Record<Host, string>>>;
}

const NOWHERE = Object.freeze(Object.fromEntries(HOSTS.map((host) => [host, null]))) as Readonly<
  Record<Host, null>
>;

function expandConstant(packed: PackedConstant, columns: Table["columns"]): ConstantRow {
  return {
    class: packed.class,
    group: packed.group,
    libc: zip<Arch, number | null>(columns["libc"] ?? [], packed.libc),
    hosts: packed.hosts ? zip<Host, HostValue>(columns["hosts"] ?? [], packed.hosts) : NOWHERE,
    runtime: packed.runtime ?? false,
    ...(packed.means ? { means: packed.means } : {}),
  };
}

function zip<Key extends string, Value>(
  keys: readonly string[],
  values: readonly Value[],
): Record<Key, Value> {
  const row = {} as Record<Key, Value>;
  for (const [index, key] of keys.entries()) row[key as Key] = values[index] as Value;
  return row;
}
