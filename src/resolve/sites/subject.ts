import type { Crate } from "../graph.ts";

/** The crate whose names this tool is about. */
export const SUBJECT = "libc";

export function isSubject(crate: Crate): boolean {
  return crate.package.startsWith(`${SUBJECT}@`);
}
