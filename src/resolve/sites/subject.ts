import type { Crate } from "../graph.ts";

/** Modules of std whose functions ask the operating system; paths elsewhere in std say nothing about a host. */
export const HOST_MODULES: ReadonlySet<string> = new Set([
  "fs",
  "net",
  "process",
  "thread",
  "time",
  "env",
  "io",
  "os",
  "sync",
  "collections",
  "hash",
]);

/** The crate whose names this tool is about. */
export const SUBJECT = "libc";

export function isSubject(crate: Crate): boolean {
  return crate.package.startsWith(`${SUBJECT}@`);
}
