import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTS, archOf, type Arch, type Host } from "../../src/model/host.ts";
import type { Compiler } from "./compiler.ts";
import { mapTwo, output } from "./library.ts";

/** Bits of `SUPPORT_VECTOR` (libc/dce.h): a library that is built for one host only. */
const SUPPORT: Readonly<Record<Host, number>> = {
  "linux-x64": 1,
  "linux-arm64": 1,
  "windows-x64": 4,
  "macos-x64": 8,
  "macos-arm64": 8,
  "openbsd-x64": 16,
  "freebsd-x64": 32,
  "netbsd-x64": 64,
};

/** Stands for a system call that C code makes itself. */
export const KERNEL = "(system call)";

/** For one host: what each function of a file mentions once the other hosts' branches are gone. */
export type Calls = ReadonlyMap<string, ReadonlySet<string>>;

/** Compiles files of the library for one host at a time, and remembers what calls what. */
export class HostCalls {
  readonly #compilers: Readonly<Record<Arch, Compiler>>;
  readonly #done = new Map<string, Calls | undefined>();

  constructor(compilers: Readonly<Record<Arch, Compiler>>) {
    this.#compilers = compilers;
  }

  /** Compiles many at once; later questions about them are answered from memory. */
  async prepare(files: Iterable<string>): Promise<void> {
    const jobs = [...files].flatMap((file) => {
      if (!file.endsWith(".c")) return [];
      const alike = !mentionsHosts(this.#compilers.x86_64.tree, file);
      // NOTE: a file without a word about hosts is the same for all: compile it once.
      return (alike ? HOSTS.slice(0, 1) : HOSTS).map((host) => ({ file, host, alike }));
    });
    const fresh = jobs.filter((job) => !this.#done.has(`${job.host} ${job.file}`));
    await mapTwo(fresh, (job) => this.#compile(job));
  }

  /** `undefined`: the file does not compile for this host, so nothing is known. */
  of(file: string, host: Host): Calls | undefined {
    return this.#done.get(`${host} ${file}`);
  }

  async #compile(job: { file: string; host: Host; alike: boolean }): Promise<void> {
    const { file, host } = job;
    const compiler = this.#compilers[archOf(host)];
    const path = join(compiler.tree, file);
    const flags = [
      "-S",
      "-O2",
      "-fno-pie",
      "-fno-asynchronous-unwind-tables",
      "-fno-verbose-asm",
      `-DSUPPORT_VECTOR=${job.alike ? 255 : SUPPORT[host]}`,
    ];
    const text = existsSync(path)
      ? await output(compiler.program, [...flags, "-o", "-", ...compiler.flags, path])
      : undefined;
    const calls = text === undefined ? undefined : readCalls(text);
    for (const one of job.alike ? HOSTS : [host]) this.#done.set(`${one} ${file}`, calls);
  }
}

/** Identifiers per function body of the compiler's assembly; local labels are followed into what they belong to. */
export function readCalls(assembly: string): Calls {
  const calls = new Map<string, Set<string>>();
  let current: Set<string> | undefined;
  for (const line of assembly.split("\n")) {
    const label = /^([A-Za-z_][\w$.]*):/.exec(line);
    if (label) {
      current = new Set();
      calls.set(
        (label[1] ?? "").replace(/\.(?:part|cold|constprop|isra)\.?\d*.*$/, ""),
        mergeInto(calls, label[1] ?? "", current),
      );
      continue;
    }
    // NOTE: the compiler's comments name the file that it compiles, and that is another one on every machine.
    if (/^\s*(#|\/\/)/.test(line)) continue;
    if (!current || /^\s*\.(?!quad|xword|dword|long)/.test(line)) continue;
    if (/^\s*(syscall|svc)\b/.test(line)) current.add(KERNEL);
    for (const match of line.replace(/^\s*\S+/, "").matchAll(/(?<![%.\w$])[A-Za-z_][\w$]*/g))
      current.add(match[0]);
  }
  return calls;
}

/** A function that the compiler split (`.cold`, `.part`) is one function. */
function mergeInto(
  calls: ReadonlyMap<string, Set<string>>,
  label: string,
  fresh: Set<string>,
): Set<string> {
  const base = calls.get(label.replace(/\.(?:part|cold|constprop|isra)\.?\d*.*$/, ""));
  if (!base || !label.includes(".")) return fresh;
  const add = fresh.add.bind(fresh);
  fresh.add = (value: string) => {
    base.add(value);
    return add(value);
  };
  return base;
}

/** True for a file whose functions may behave differently by host. */
export function mentionsHosts(tree: string, file: string): boolean {
  return /\b(enosys|ENOSYS|sys_\w+|enotsup|eopnotsupp|Is(Windows|Xnu|Linux|Freebsd|Openbsd|Netbsd|Bsd|Metal)\w*\(\))/.test(
    readFileSync(join(tree, file), "utf8"),
  );
}
