import { ARCHS, HOSTS, type Arch } from "../../src/model/host.ts";
import type { SyscallRow } from "../../src/model/knowledge.ts";
import { compareText } from "./constants.ts";
import type { TableRow } from "./consts-table.ts";
import type { LibcSurface } from "./libc-crate.ts";

const NONE = 0xfffn;

export type ExactSyscall = SyscallRow & { readonly name: string };

/**
 * One row per `SYS_` constant. Cosmopolitan's table calls some system calls by another name (`__NR_sigaction` is
 * `SYS_rt_sigaction`), so rows meet by Linux's number.
 */
export function joinSyscalls(options: {
  table: readonly TableRow[];
  libc: Readonly<Record<Arch, LibcSurface>>;
  answered: ReadonlySet<string>;
}): ExactSyscall[] {
  const rows = options.table.filter((row) => row.group === "nr");
  const byX64 = index(rows, "linux-x64");
  const byArm = index(rows, "linux-arm64");
  const names = new Set(
    ARCHS.flatMap((arch) =>
      [...options.libc[arch].consts.keys()].filter((name) => name.startsWith("SYS_")),
    ),
  );
  return [...names].sort(compareText).map((name) => {
    const number = (arch: Arch): bigint | null =>
      options.libc[arch].consts.get(name)?.value ?? null;
    const x64 = number("x86_64");
    const arm = number("aarch64");
    const row =
      (x64 === null ? undefined : byX64.get(x64)) ??
      (x64 === null && arm !== null ? byArm.get(arm) : undefined);
    const hosts = Object.fromEntries(
      HOSTS.map((host) => [
        host,
        row === undefined ? null : row.values[host] === NONE ? "absent" : Number(row.values[host]),
      ]),
    );
    const libc = {
      x86_64: x64 === null ? null : Number(x64),
      aarch64: arm === null ? null : Number(arm),
    };
    return {
      name,
      libc,
      hosts: hosts as SyscallRow["hosts"],
      answered: options.answered.has(name),
    };
  });
}

function index(
  rows: readonly TableRow[],
  host: "linux-x64" | "linux-arm64",
): Map<bigint, TableRow> {
  return new Map(
    rows.filter((row) => row.values[host] !== NONE).map((row) => [row.values[host], row]),
  );
}

/** The `case SYS_…` labels of `syscall()`, when everything else ends in ENOSYS. */
export function answeredCalls(source: string): Set<string> | undefined {
  const closed = /default:\s*errno = ENOSYS;/.test(source);
  return closed
    ? new Set([...source.matchAll(/case (SYS_\w+):/g)].map((match) => match[1] ?? ""))
    : undefined;
}
