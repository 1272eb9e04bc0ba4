import type { Arch, Host } from "./host.ts";

/** Value of a constant on a host: a number, not there, or not known. `null` is never "fine". */
export type HostValue = number | "absent" | null;

export type ConstantClass = "same" | "differs" | "absent" | "unknown";

/** One public constant of the libc crate, against one release of Cosmopolitan. */
export interface ConstantRow {
  readonly class: ConstantClass;
  /** Group of Cosmopolitan's table: `errno`, `open`, `sock`, `clock` … */
  readonly group: string;
  /** What the libc crate compiles in for musl. */
  readonly libc: Readonly<Record<Arch, number | null>>;
  readonly hosts: Readonly<Record<Host, HostValue>>;
  /** True: an extern variable in Cosmopolitan; false: a number in its headers. */
  readonly runtime: boolean;
  /** Linux's number is valid on that host and means something else there: `{ "macos-arm64": "O_TRUNC" }`. */
  readonly means?: Readonly<Partial<Record<Host, string>>>;
}

export interface FunctionRow {
  readonly status: "ok" | "missing" | "other-contract" | "unknown";
  /**
   * Hosts where a call only ever answers ENOSYS or the like. Also of a missing function whose system call is known:
   * an SDK that adds the symbol does not add the system call (`eventfd`: every host but Linux).
   */
  readonly unavailable: readonly Host[];
  readonly note?: string;
  /** The symbol that the linker looks for, where the crate renames it. */
  readonly symbol?: string;
  /** Where Cosmopolitan defines it: a file and line of its sources. */
  readonly source?: string;
}

export interface StructLayout {
  readonly libc: number | null;
  readonly cosmo: number | null;
  readonly class: "same" | "layout differs" | "cosmo larger" | "cosmo smaller" | "unknown";
  /** Fields that stand elsewhere: name to [libc offset, cosmo offset]. */
  readonly moved?: Readonly<Record<string, readonly [number | null, number | null]>>;
  /** Fields of another size: name to [libc bytes, cosmo bytes]. */
  readonly resized?: Readonly<Record<string, readonly [number, number]>>;
}
export type StructRow = Readonly<Record<Arch, StructLayout>>;

export interface SyscallRow {
  /** The number in the libc crate, per architecture. */
  readonly libc: Readonly<Record<Arch, number | null>>;
  /** The kernel's own number per host, as Cosmopolitan uses it: what a raw `syscall` instruction would need. */
  readonly hosts: Readonly<Record<Host, HostValue>>;
  /** Whether Cosmopolitan's C function `syscall()` knows this call, under a number of its own. */
  readonly answered?: boolean;
}

/** All that one release of Cosmopolitan says; generated, see `data/cosmocc/<release>/provenance.json`. */
export interface Knowledge {
  readonly release: string;
  readonly constants: Readonly<Record<string, ConstantRow>>;
  readonly functions: Readonly<Record<string, FunctionRow>>;
  readonly structs: Readonly<Record<string, StructRow>>;
  readonly syscalls: Readonly<Record<string, SyscallRow>>;
}
