import { HOSTS, type Host } from "../../src/model/host.ts";
import type { TableRow } from "./consts-table.ts";

/**
 * Cosmopolitan's table has no word for "this host does not have it": each group writes a number of its own.
 * This says which number of which row is such a mark; everything else is a value.
 */
export function isAbsent(row: TableRow, host: Host): boolean {
  const value = row.values[host];
  const linux = row.values["linux-x64"];
  if (REAL.has(`${row.name}=${value}`) || REAL.has(`${row.group}:${value}`)) return false;
  if (MARKS.get(row.group)?.includes(value)) return true;
  if (WHOLE_ROW.has(row.name) && value === 0n && !host.startsWith("linux"))
    return isZeroedOut(row, host);
  // NOTE: a zero where Linux has something means "no such flag, option or name here".
  return value === 0n && linux !== 0n && !ALSO_ABSENT_ON_LINUX.has(linux);
}

const ALL_ONES = 0xffffffffn;
const NT_NONE = 0x80000000n;

/** Numbers that mean "not here", per group of the table. */
const MARKS: ReadonlyMap<string, readonly bigint[]> = new Map([
  ["errno", [-1n]],
  ["junkerr", [-1n]],
  ["open", [ALL_ONES, -1n]],
  ["reboot", [ALL_ONES]],
  ["madv", [127n]],
  ["fadv", [127n]],
  ["rlimit", [127n]],
  ["clock", [127n]],
  ["sched", [127n]],
  ["lio", [127n]],
  ["rusage", [99n]],
  ["mmap", [-1n]],
  ["splice", [-1n]],
  ["fcntl", [-1n]],
  ["fcntl2", [-1n]],
  ["fcntl3", [-1n]],
  ["close", [-1n]],
  ["msg", [-1n]],
  ["ptrace", [-1n]],
  ["af", [-1n]],
  ["pty", [-1n]],
  ["modem", [-1n]],
  ["misc", [-1n]],
  ["termios", [-1n]],
  ["ioctl", [-1n]],
  ["nr", [0xfffn]],
]);

/** Rows and groups (`name=value`, `group:value`) where the number that elsewhere is a mark is the value. */
const REAL: ReadonlySet<string> = new Set([
  "WEOF=-1",
  // The coarse clock falls back to CLOCK_REALTIME, which is 0.
  "clock:0",
  "LOCK_SH=0",
  "RB_AUTOBOOT=0",
  // Numbered from 0 on NetBSD, in another order on FreeBSD.
  "lio:0",
  "SCHED_BATCH=0",
  "SCHED_IDLE=0",
  // Windows has one limit for memory that Cosmopolitan itself keeps.
  "RLIMIT_AS=0",
  "NGROUPS_MAX=0",
  "MCAST_EXCLUDE=0",
  // Index of a control character; the BSDs begin with it.
  "VEOF=0",
  "SI_NOINFO=0",
  "junkerr:127",
]);

/** Rows that are zero on a host as a whole family, so that Linux's own zero there is no value either. */
const WHOLE_ROW: ReadonlySet<string> = new Set(["FUTEX_WAIT"]);

function isZeroedOut(row: TableRow, host: Host): boolean {
  return host.startsWith("macos") && row.group === "futex";
}

/** A Linux column that itself says "not here" gives no hint about a zero elsewhere. */
const ALSO_ABSENT_ON_LINUX: ReadonlySet<bigint> = new Set([-1n, ALL_ONES]);

/** Same for the marks of the signal codes, which differ between name families. */
export function isAbsentSignalCode(row: TableRow, host: Host): boolean {
  const value = row.values[host];
  if (value === NT_NONE) return true;
  return value === -1n && !row.name.startsWith("SI_");
}

/** The row with marks resolved. */
export function hostValues(row: TableRow): Record<Host, bigint | "absent"> {
  const values = {} as Record<Host, bigint | "absent">;
  for (const host of HOSTS) {
    const absent = row.group === "sicode" ? isAbsentSignalCode(row, host) : isAbsent(row, host);
    values[host] = absent ? "absent" : row.values[host];
  }
  return values;
}
