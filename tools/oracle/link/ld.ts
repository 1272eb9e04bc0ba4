/** A symbol that the linker does not find, and the crate whose code wants it. */
export interface Undefined {
  readonly symbol: string;
  /** As rustc names libraries: with underscores. */
  readonly crate: string;
}

/** GNU ld's list of undefined references, each symbol once per crate. */
export function undefinedSymbols(stderr: string): Undefined[] {
  const found = new Map<string, Undefined>();
  let crate = "";
  for (const line of stderr.split("\n")) {
    const archive = /\/(?:lib)?([A-Za-z0-9_]+)-[0-9a-f]{16}\b[^/]*: in function/.exec(line);
    if (archive?.[1] !== undefined) crate = archive[1];
    const symbol = /(?:undefined reference to|more undefined references to) [`']([^']+)'/.exec(
      line,
    );
    if (symbol?.[1] === undefined) continue;
    found.set(`${crate} ${symbol[1]}`, { symbol: symbol[1], crate });
  }
  return [...found.values()];
}

/** The first words of an error that is not the linker's list. */
export function linkFailure(stderr: string): string {
  const line = stderr
    .split("\n")
    .find((each) => /^\s*(error|fatal error|configure: error)\b/.test(each));
  return (line ?? "cargo failed").trim().slice(0, 200);
}
