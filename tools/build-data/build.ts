import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ARCHS, HOSTS, archOf, type Arch } from "../../src/model/host.ts";
import { Availability } from "./availability.ts";
import { compilerFor } from "./compiler.ts";
import { joinConstants, sameBits, type ExactConstant } from "./constants.ts";
import { parseConstsTable, type TableRow } from "./consts-table.ts";
import { STD_SYMBOLS, joinFunctions, type ExactFunction } from "./functions.ts";
import { readHeaders, type HeaderFacts } from "./headers.ts";
import { HostCalls } from "./host-calls.ts";
import { readLibcCrate, type LibcSurface } from "./libc-crate.ts";
import { readSymbols } from "./libc-symbols.ts";
import { readLibrary } from "./library.ts";
import { ranges, writeProvenance } from "./provenance.ts";
import { readRustLayouts } from "./rust-layout.ts";
import { extractTree, type SourceTree } from "./source-tree.ts";
import { joinStructs, readCLayouts, type ExactStruct } from "./structs.ts";
import { answeredCalls, joinSyscalls, type ExactSyscall } from "./syscalls.ts";
import { parseSyscallTable } from "./syscalls-table.ts";
import { writeTable } from "./write.ts";

const CONSTS = "libc/sysv/consts.sh";
const SYSCALLS = "libc/sysv/syscalls.sh";

export interface BuildOptions {
  readonly cosmopolitan: string;
  readonly tag: string;
  readonly crate: string;
  readonly out: string;
  readonly work: string;
}

type PerArch<T> = Readonly<Record<Arch, T>>;

/** All that the joins need, read once. */
interface Read {
  readonly options: BuildOptions;
  readonly tree: SourceTree;
  readonly libc: PerArch<LibcSurface>;
  readonly headers: PerArch<HeaderFacts>;
  readonly table: readonly TableRow[];
  readonly answered: ReadonlySet<string> | undefined;
}

/** Reads a release and writes its four tables and their provenance; the same input gives the same bytes. */
export async function build(options: BuildOptions): Promise<void> {
  const read = readAll(options);
  const constants = joinConstants({
    table: read.table,
    headers: read.headers,
    libc: read.libc,
    syscalls: read.answered,
  });
  const structs = buildStructs(read);
  const syscalls = joinSyscalls({
    table: read.table,
    libc: read.libc,
    answered: read.answered ?? new Set(),
  });
  const functions = await buildFunctions(read);
  write({ read, constants, structs, syscalls, functions });
}

function readAll(options: BuildOptions): Read {
  const { work } = options;
  const tree = extractTree({
    git: options.cosmopolitan,
    tag: options.tag,
    out: join(work, "tree"),
  });
  const libc = perArch((arch) => readLibcCrate(options.crate, arch, work));
  const names = new Set(ARCHS.flatMap((arch) => [...libc[arch].consts.keys()]));
  const headers = perArch((arch) =>
    readHeaders({ compiler: compilerFor(tree.dir, arch), work, names }),
  );
  const text = (file: string): string => readFileSync(join(tree.dir, file), "utf8");
  return {
    options,
    tree,
    libc,
    headers,
    table: parseConstsTable(text(CONSTS), CONSTS),
    answered: answeredCalls(text("libc/stdio/syscall.c")),
  };
}

function buildStructs(read: Read): ExactStruct[] {
  const { work, crate } = read.options;
  const rust = perArch((arch) => readRustLayouts({ crate, surface: read.libc[arch], work }));
  const c = perArch((arch) =>
    readCLayouts({
      compiler: compilerFor(read.tree.dir, arch),
      work,
      prelude: read.headers[arch].prelude,
      rust: rust[arch],
    }),
  );
  return joinStructs({ libc: read.libc, rust, c, places: read.headers.x86_64.structs });
}

async function buildFunctions(read: Read): Promise<ExactFunction[]> {
  const { work, crate } = read.options;
  const compilers = perArch((arch) => compilerFor(read.tree.dir, arch));
  const symbols = perArch((arch) => readSymbols({ crate, surface: read.libc[arch], work }));
  const library = {
    x86_64: await readLibrary(compilers.x86_64),
    aarch64: await readLibrary(compilers.aarch64),
  };
  const rows = parseSyscallTable(readFileSync(join(read.tree.dir, SYSCALLS), "utf8"), SYSCALLS);
  const scalls = new Map(rows.map((row) => [row.name, row]));
  const availability = new Availability({
    library: library.x86_64,
    scalls,
    calls: new HostCalls(compilers),
  });
  const wanted = new Set(
    ARCHS.flatMap((arch) => [...symbols[arch].values()].flatMap((use) => use.symbols)),
  );
  await availability.prepare([...wanted, ...Object.keys(STD_SYMBOLS)]);
  const syscallNumbers =
    read.answered && [...read.answered].map((name) => name.replace("SYS_", "")).sort();
  return joinFunctions({
    libc: read.libc,
    symbols,
    library,
    typedefs: read.headers.x86_64.typedefs,
    scalls,
    availability,
    syscallNumbers,
  });
}

function perArch<T>(give: (arch: Arch) => T): PerArch<T> {
  return { x86_64: give("x86_64"), aarch64: give("aarch64") };
}

interface Joined {
  readonly read: Read;
  readonly constants: readonly ExactConstant[];
  readonly functions: readonly ExactFunction[];
  readonly structs: readonly ExactStruct[];
  readonly syscalls: readonly ExactSyscall[];
}

function write(joined: Joined): void {
  const { out } = joined.read.options;
  mkdirSync(out, { recursive: true });
  writeTable(
    join(out, "constants.json"),
    { libc: ARCHS, hosts: HOSTS },
    byName(joined.constants, constantRow),
  );
  writeTable(join(out, "functions.json"), {}, byName(joined.functions, functionRow));
  writeTable(join(out, "structs.json"), {}, byName(joined.structs, structRow));
  writeTable(
    join(out, "syscalls.json"),
    { libc: ARCHS, hosts: HOSTS },
    byName(joined.syscalls, syscallRow),
  );
  writeProvenance(join(out, "provenance.json"), headOf(joined.read), {
    constants: ranges(
      joined.constants.flatMap((row) => (row.place ? [[row.group, row.place] as const] : [])),
    ),
    functions: ranges(
      joined.functions.flatMap((row) =>
        row.place ? [[folderOf(row.place), row.place] as const] : [],
      ),
    ),
    structs: ranges(
      joined.structs.flatMap((row) =>
        row.place ? [[folderOf(row.place), row.place] as const] : [],
      ),
    ),
    syscalls: ranges(
      joined.read.table
        .filter((row) => row.group === "nr")
        .map((row) => ["nr", `${CONSTS}:${row.line}`] as const),
    ),
  });
}

function byName<T extends { readonly name: string }>(
  rows: readonly T[],
  pack: (row: T) => unknown,
): Map<string, unknown> {
  return new Map(rows.map((row) => [row.name, pack(row)]));
}

function folderOf(place: string): string {
  return place.replace(/\/[^/]*$/, "");
}

function headOf(read: Read): Record<string, unknown> {
  const manifest = readFileSync(join(read.options.crate, "Cargo.toml"), "utf8");
  const version = /^version = "([^"]+)"/m.exec(manifest)?.[1] ?? "?";
  return {
    source: "https://github.com/jart/cosmopolitan",
    tag: read.tree.tag,
    commit: read.tree.commit,
    libcCrate: version,
  };
}

/** Values in the order of the columns; the same bits are written as the libc crate writes them. */
function constantRow(row: ExactConstant): unknown {
  const hosts = HOSTS.map((host) => {
    const value = row.hosts[host];
    const libc = row.libc[archOf(host)];
    return typeof value === "bigint" && libc !== null && sameBits(value, libc, row.bits)
      ? libc
      : value;
  });
  return {
    class: row.class,
    group: row.group,
    ...(row.runtime ? { runtime: true } : {}),
    libc: ARCHS.map((arch) => row.libc[arch]),
    ...(row.class === "unknown" && hosts.every((value) => value === null) ? {} : { hosts }),
    ...(row.means ? { means: row.means } : {}),
  };
}

function functionRow(row: ExactFunction): unknown {
  const { name: _, place, ...rest } = row;
  return {
    ...rest,
    ...(row.unavailable.length === 0 ? { unavailable: undefined } : {}),
    ...(place ? { source: place } : {}),
  };
}

/** Both architectures in one when they agree. */
function structRow(row: ExactStruct): unknown {
  const { x86_64, aarch64 } = row;
  const alike = JSON.stringify(x86_64) === JSON.stringify(aarch64);
  return alike ? { both: x86_64 } : { x86_64, aarch64 };
}

function syscallRow(row: ExactSyscall): unknown {
  const hosts = HOSTS.map((host) => row.hosts[host]);
  return {
    libc: ARCHS.map((arch) => row.libc[arch]),
    ...(hosts.every((value) => value === null) ? {} : { hosts }),
    ...(row.answered ? { answered: true } : {}),
  };
}
