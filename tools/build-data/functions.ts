import { ARCHS, HOSTS, type Arch, type Host } from "../../src/model/host.ts";
import type { FunctionRow } from "../../src/model/knowledge.ts";
import { cSignature, disagreement, rustSignature, type Signature } from "./abi.ts";
import type { Availability } from "./availability.ts";
import type { Definition } from "./c-scan.ts";
import { compareText } from "./constants.ts";
import type { LibcSurface } from "./libc-crate.ts";
import type { SymbolUse } from "./libc-symbols.ts";
import type { Library } from "./library.ts";
import type { ScallRow } from "./syscalls-table.ts";

export interface FunctionSources {
  readonly libc: Readonly<Record<Arch, LibcSurface>>;
  readonly symbols: Readonly<Record<Arch, ReadonlyMap<string, SymbolUse>>>;
  readonly library: Readonly<Record<Arch, Library>>;
  readonly typedefs: ReadonlyMap<string, string>;
  readonly scalls: ReadonlyMap<string, ScallRow>;
  readonly availability: Availability;
  readonly syscallNumbers: readonly string[] | undefined;
}

/** A row with the place that it is known from. */
export type ExactFunction = FunctionRow & { readonly name: string; readonly place?: string };

/**
 * Symbols that Rust's standard library asks for past the libc crate, with the contract that it expects. They are
 * declared in std's own `extern` blocks, so no list of the libc crate has them.
 */
export const STD_SYMBOLS: Readonly<Record<string, string>> = {
  __xpg_strerror_r: "int __xpg_strerror_r(int, char *, unsigned long)",
  __errno_location: "int *__errno_location(void)",
  __cxa_thread_atexit_impl: "int __cxa_thread_atexit_impl(void *, void *, void *)",
  bcmp: "int bcmp(const void *, const void *, unsigned long)",
};

/** One row per function and static of the libc crate, and per symbol that std asks for itself. */
export function joinFunctions(sources: FunctionSources): ExactFunction[] {
  const names = new Set(ARCHS.flatMap((arch) => [...sources.symbols[arch].keys()]));
  const rows = [...names].map((name) => joinOne(name, sources));
  for (const [name, contract] of Object.entries(STD_SYMBOLS)) {
    const expected = cSignature(contract, sources.typedefs);
    if (!names.has(name))
      rows.push(rowOf({ name, symbols: [name], wrapped: false, expected, sources, archs: ARCHS }));
  }
  return rows.sort((a, b) => compareText(a.name, b.name));
}

function joinOne(name: string, sources: FunctionSources): ExactFunction {
  const archs = ARCHS.filter((arch) => sources.symbols[arch].has(name));
  const arch = archs[0] ?? "x86_64";
  const use = sources.symbols[arch].get(name) ?? { name, symbols: [], wrapped: false };
  const fn = sources.libc[arch].functions.get(name);
  const expected = fn && !use.wrapped ? rustSignature(fn, sources.libc[arch]) : undefined;
  return rowOf({ name, symbols: use.symbols, wrapped: use.wrapped, expected, sources, archs });
}

interface RowOptions {
  readonly name: string;
  readonly symbols: readonly string[];
  readonly wrapped: boolean;
  readonly expected: Signature | undefined;
  readonly sources: FunctionSources;
  readonly archs: readonly Arch[];
}

function rowOf(options: RowOptions): ExactFunction {
  const { name, symbols, sources } = options;
  const renamed = symbols.find((symbol) => symbol !== name);
  const base = { name, ...(renamed === undefined ? {} : { symbol: renamed }) };
  if (symbols.length === 0)
    return {
      ...base,
      status: "ok",
      unavailable: [],
      note: "Rust code of the libc crate; nothing to link",
    };
  const missing = symbols.find((symbol) =>
    options.archs.some((arch) => !sources.library[arch].definitions.has(symbol)),
  );
  if (missing !== undefined) return missingRow({ base, missing, options });
  const definition = resolve(symbols[0] ?? "", sources.library.x86_64);
  const unavailable = unionHosts(symbols.map((symbol) => sources.availability.unavailable(symbol)));
  const contract = contractOf(options, definition);
  return {
    ...base,
    status: contract?.breaks ? "other-contract" : "ok",
    unavailable,
    ...(contract ? { note: contract.note } : {}),
    ...(definition ? { place: definition.place } : {}),
  };
}

function missingRow(options: {
  base: { name: string; symbol?: string };
  missing: string;
  options: RowOptions;
}): ExactFunction {
  const { sources, archs } = options.options;
  const has = archs.filter((arch) => sources.library[arch].definitions.has(options.missing));
  const stubs = stubsOf(options.missing).flatMap((stub) => sources.scalls.get(stub) ?? []);
  const unavailable =
    stubs.length === 0
      ? []
      : HOSTS.filter((host) => stubs.every((stub) => stub.numbers[host] === null));
  const partly = has.length > 0 ? { note: `only in the library for ${has.join(", ")}` } : {};
  return { ...options.base, status: "missing", unavailable, ...partly };
}

/** Stubs of the system calls that could stand behind a function of this name, newer ones included. */
function stubsOf(name: string): string[] {
  const newer: Readonly<Record<string, readonly string[]>> = {
    epoll_wait: ["epoll_pwait"],
    mkfifo: ["mknod", "mknodat"],
    mkfifoat: ["mknodat"],
    umount: ["umount2"],
  };
  const stems = [name, `${name}2`, `${name}4`, `${name}1`, `${name}at`, ...(newer[name] ?? [])];
  return stems.flatMap((stem) => [`sys_${stem}`, `__sys_${stem}`]);
}

/** A wrapper in Rust that calls several symbols fails where one of them does. */
function unionHosts(lists: readonly (readonly Host[])[]): Host[] {
  return HOSTS.filter((host) => lists.some((list) => list.includes(host)));
}

/** The definition behind aliases. */
export function resolve(name: string, library: Library): Definition | undefined {
  let definition = library.definitions.get(name);
  for (let depth = 0; depth < 5 && definition?.aliasOf && !definition.head; depth += 1)
    definition = library.definitions.get(definition.aliasOf) ?? definition;
  return definition;
}

function contractOf(
  options: RowOptions,
  definition: Definition | undefined,
): { breaks: boolean; note: string } | undefined {
  if (options.name === "syscall" && options.sources.syscallNumbers) {
    const known = options.sources.syscallNumbers.join(", ");
    return {
      breaks: true,
      note: `answers only Cosmopolitan's own numbers for ${known} and says ENOSYS to Linux's; 1, 2 and 3 mean those calls`,
    };
  }
  const defined = definition?.head
    ? cSignature(definition.head, options.sources.typedefs)
    : undefined;
  if (!options.expected || !defined) return undefined;
  return disagreement(options.expected, defined);
}
