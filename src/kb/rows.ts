import { HOSTS, type Arch, type Host } from "../model/host.ts";
import type {
  ConstantClass,
  ConstantRow,
  FunctionRow,
  HostValue,
  StructLayout,
  StructRow,
  SyscallRow,
} from "../model/knowledge.ts";

/** A generated table: rows by name, and the order of the values that stand in lists. */
export interface Table {
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, unknown>>;
}

/** Gives every row its full form; a name that no table has finds nothing, whatever it is called. */
export function expandTable<Packed, Row>(
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

export function expandConstant(packed: PackedConstant, columns: Table["columns"]): ConstantRow {
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

type PackedFunction = Omit<FunctionRow, "unavailable"> & { readonly unavailable?: readonly Host[] };

export function expandFunction(packed: PackedFunction): FunctionRow {
  return { ...packed, unavailable: packed.unavailable ?? [] };
}

type PackedStruct = { readonly both: StructLayout } | StructRow;

export function expandStruct(packed: PackedStruct): StructRow {
  return "both" in packed ? { x86_64: packed.both, aarch64: packed.both } : packed;
}

interface PackedSyscall {
  readonly libc: readonly (number | null)[];
  readonly hosts?: readonly HostValue[];
  readonly answered?: boolean;
}

export function expandSyscall(packed: PackedSyscall, columns: Table["columns"]): SyscallRow {
  return {
    libc: zip<Arch, number | null>(columns["libc"] ?? [], packed.libc),
    hosts: packed.hosts ? zip<Host, HostValue>(columns["hosts"] ?? [], packed.hosts) : NOWHERE,
    answered: packed.answered ?? false,
  };
}
