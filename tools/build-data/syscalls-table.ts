import type { Host } from "../../src/model/host.ts";

/** One `scall` line: a stub that puts the host's number into a register and enters the kernel. */
export interface ScallRow {
  readonly name: string;
  readonly line: number;
  /** The number without flags; null where the host has no such system call. */
  readonly numbers: Readonly<Record<Host, number | null>>;
}

/**
 * Reads `libc/sysv/syscalls.sh`: one packed number for the five x86_64 kernels (Linux in the low 12 bits, then
 * XNU with its class, FreeBSD, OpenBSD, NetBSD), one for Linux on aarch64. All ones mean "none"; bit 0x800 marks
 * a cancellation point. Windows has no system calls of this kind: C code stands in for all of them.
 */
export function parseSyscallTable(text: string, file: string): ScallRow[] {
  const rows: ScallRow[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (!/^scall\s/.test(line)) continue;
    const [, name = "", packed = "", arm = ""] = line.replace(/#.*$/, "").trim().split(/\s+/);
    if (!/^0x[0-9a-f]{16}$/i.test(packed) || !/^0x[0-9a-f]+$/i.test(arm))
      throw new Error(`${file}:${index + 1}: ${name} is not packed as we know it`);
    rows.push({
      name: name.replace(/\$.*$/, ""),
      line: index + 1,
      numbers: unpack(BigInt(packed), BigInt(arm)),
    });
  }
  if (rows.length === 0) throw new Error(`${file}: no scall row`);
  return rows;
}

function unpack(packed: bigint, arm: bigint): Record<Host, number | null> {
  const field = (shift: bigint, mask: bigint): number | null =>
    clean((packed >> shift) & mask, mask);
  const xnu = field(12n, 0xffffn);
  return {
    "linux-x64": field(0n, 0xfffn),
    "linux-arm64": clean(arm, 0xfffn),
    "macos-x64": xnu,
    "macos-arm64": xnu,
    "windows-x64": null,
    "freebsd-x64": field(28n, 0xfffn),
    "openbsd-x64": field(40n, 0xfffn),
    "netbsd-x64": field(52n, 0xfffn),
  };
}

function clean(value: bigint, mask: bigint): number | null {
  if ((value & 0xfffn) === 0xfffn || value === mask) return null;
  return Number(value & 0x7ffn);
}
