import { ARCHS, HOSTS, archOf, type Arch, type Host } from "../../src/model/host.ts";
import type { ConstantClass } from "../../src/model/knowledge.ts";
import type { TableRow } from "./consts-table.ts";
import type { HeaderFacts } from "./headers.ts";
import type { LibcSurface } from "./libc-crate.ts";
import { findMeanings, type Meanings } from "./meanings.ts";
import { hostValues } from "./sentinels.ts";

export type ExactValue = bigint | "absent" | null;

/** A row before its numbers are cut down to JSON's. */
export interface ExactConstant {
  readonly name: string;
  /** Bits of the libc crate's type. */
  readonly bits: number;
  readonly class: ConstantClass;
  readonly group: string;
  readonly runtime: boolean;
  readonly libc: Readonly<Record<Arch, bigint | null>>;
  readonly hosts: Readonly<Record<Host, ExactValue>>;
  readonly means?: Readonly<Partial<Record<Host, string>>>;
  /** Where it is known from: a place of Cosmopolitan's sources. */
  readonly place?: string;
}

export interface ConstantSources {
  readonly table: readonly TableRow[];
  readonly headers: Readonly<Record<Arch, HeaderFacts>>;
  readonly libc: Readonly<Record<Arch, LibcSurface>>;
  /** The calls that Cosmopolitan's `syscall()` answers; undefined: it hands numbers on. */
  readonly syscalls: ReadonlySet<string> | undefined;
}

/** Joins the libc crate's constants with what Cosmopolitan says of each name. */
export function joinConstants(sources: ConstantSources): ExactConstant[] {
  const table = new Map(sources.table.map((row) => [row.name, row]));
  const names = new Set(ARCHS.flatMap((arch) => [...sources.libc[arch].consts.keys()]));
  const facts = new Map([...names].map((name) => [name, lookUp({ name, table, sources })]));
  const meanings = findMeanings({
    table: sources.table,
    facts,
    libc: (name, arch) => libcValue(sources, name, arch)?.value ?? null,
  });
  return [...names]
    .sort(compareText)
    .map((name) => joinOne({ name, fact: facts.get(name), sources, meanings }));
}

const SYSCALL_C = "libc/stdio/syscall.c:1";

/** What Cosmopolitan says about one name. */
export interface CosmoFact {
  readonly group: string;
  readonly runtime: boolean;
  readonly hosts: Readonly<Record<Host, bigint | "absent">>;
  readonly place: string;
}

interface LookUp {
  readonly name: string;
  readonly table: ReadonlyMap<string, TableRow>;
  readonly sources: ConstantSources;
}

/** A number in the headers wins (it is what C code compiles in); then the table; then a macro that names another. */
function lookUp(options: LookUp, depth = 0): CosmoFact | undefined {
  const { name, table, sources } = options;
  const macros = {
    x86_64: sources.headers.x86_64.macros.get(name),
    aarch64: sources.headers.aarch64.macros.get(name),
  };
  const row = table.get(name);
  const macro = macros.x86_64 ?? macros.aarch64;
  // NOTE: `syscall()` is a C function with numbers of its own; it says ENOSYS to every number of Linux's.
  if (name.startsWith("SYS_") && sources.syscalls && !sources.syscalls.has(name))
    return {
      group: "syscall",
      runtime: false,
      hosts: forHosts(() => "absent" as const),
      place: SYSCALL_C,
    };
  if (macro && ARCHS.some((arch) => (macros[arch]?.value ?? null) !== null)) {
    const hosts = forHosts((host) => macros[archOf(host)]?.value ?? "absent");
    return {
      group: row ? tidyGroup(row) : groupOfPlace(macro.place),
      runtime: false,
      hosts,
      place: macro.place,
    };
  }
  if (row)
    return {
      group: tidyGroup(row),
      runtime: true,
      hosts: hostValues(row),
      place: `libc/sysv/consts.sh:${row.line}`,
    };
  if (!macro || depth > 4 || !/^\w+$/.test(macro.expansion)) return undefined;
  return lookUp({ ...options, name: macro.expansion }, depth + 1);
}

function joinOne(options: {
  name: string;
  fact: CosmoFact | undefined;
  sources: ConstantSources;
  meanings: Meanings;
}): ExactConstant {
  const { name, fact, sources } = options;
  const libc = {
    x86_64: libcValue(sources, name, "x86_64"),
    aarch64: libcValue(sources, name, "aarch64"),
  };
  const values = { x86_64: libc.x86_64?.value ?? null, aarch64: libc.aarch64?.value ?? null };
  const bits = libc.x86_64?.bits ?? libc.aarch64?.bits ?? 64;
  const means = options.meanings.get(name) ?? {};
  const hosts = forHosts((host): ExactValue => {
    const value = fact?.hosts[host] ?? null;
    // NOTE: a number that the host takes for another name is proof that the host has no such name under it.
    const taken = fact?.runtime !== true && means[host] !== undefined;
    return taken && (value === null || value === values[archOf(host)]) ? "absent" : value;
  });
  const base = {
    name,
    bits,
    class: classify({ values, hosts, bits }),
    group: fact?.group ?? "",
    runtime: fact?.runtime ?? false,
    libc: values,
    hosts,
    ...(fact ? { place: fact.place } : {}),
  };
  return Object.keys(means).length > 0 ? { ...base, means } : base;
}

function classify(options: {
  values: Readonly<Record<Arch, bigint | null>>;
  hosts: Readonly<Record<Host, ExactValue>>;
  bits: number;
}): ConstantClass {
  let absent = false;
  let compared = false;
  for (const host of HOSTS) {
    const libc = options.values[archOf(host)];
    const value = options.hosts[host];
    if (libc === null || value === null) continue;
    compared = true;
    if (value === "absent") absent = true;
    else if (!sameBits(libc, value, options.bits)) return "differs";
  }
  if (absent) return "absent";
  return compared ? "same" : "unknown";
}

/** C and Rust give the same bits different signs (`0x8004667e` in an int); only the bits reach the host. */
export function sameBits(a: bigint, b: bigint, bits: number): boolean {
  return BigInt.asUintN(bits, a) === BigInt.asUintN(bits, b);
}

function libcValue(
  sources: ConstantSources,
  name: string,
  arch: Arch,
): { value: bigint | null; bits: number } | undefined {
  return sources.libc[arch].consts.get(name);
}

function forHosts<T>(give: (host: Host) => T): Record<Host, T> {
  return Object.fromEntries(HOSTS.map((host) => [host, give(host)])) as Record<Host, T>;
}

/** Plain order of code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The table splits some groups for technical reasons and keeps synonyms in `compat`. */
function tidyGroup(row: TableRow): string {
  if (row.group === "junkerr") return "errno";
  if (row.group.startsWith("fcntl")) return "fcntl";
  if (row.group !== "compat") return row.group;
  return COMPAT.find(([prefix]) => row.name.startsWith(prefix))?.[1] ?? row.group;
}

const COMPAT: readonly (readonly [string, string])[] = [
  ["EWOULD", "errno"],
  ["SIG", "sig"],
  ["SA_", "sigact"],
  ["O_", "open"],
  ["MAP_", "mmap"],
  ["RLIMIT_", "rlimit"],
];

/** Constants that only stand in headers take the header's name, in the table's words where it has them. */
function groupOfPlace(place: string): string {
  const base = /([\w-]+)(?:\.internal)?\.h:\d+$/.exec(place)?.[1] ?? "misc";
  return HEADER_GROUPS.get(base) ?? base;
}

const HEADER_GROUPS: ReadonlyMap<string, string> = new Map([
  ["o", "open"],
  ["f", "fcntl"],
  ["map", "mmap"],
  ["prot", "mprot"],
  ["sa", "sigact"],
  ["w", "waitpid"],
  ["sol", "so"],
  ["msync", "ms"],
]);
