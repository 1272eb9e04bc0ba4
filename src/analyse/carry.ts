import type { Site } from "../model/site.ts";
import type { LineMap } from "./line-map.ts";

/** What was seen of a package at its last whole run, and by the quick look at the same texts. */
export interface Seen {
  /** By the whole run. */
  readonly whole: readonly Site[];
  /** By the quick look, which knows fewer crates. */
  readonly quick: readonly Site[];
}

/**
 * Joins a quick look at edited files with the last whole run: a line that was not changed keeps what the whole run
 * said of it, a new one is judged by the quick look. So what the quick look can't know is lost in no line that nobody
 * touched, and what it gets wrong shows in none.
 *
 * @param maps of edited files only
 */
export function carryOver(
  seen: Seen,
  now: readonly Site[],
  maps: ReadonlyMap<string, LineMap>,
): Site[] {
  const whole = new Map(seen.whole.map((site) => [keyOf(site, site.span.start.line), site]));
  const quick = new Set(seen.quick.map((site) => keyOf(site, site.span.start.line)));
  const sites: Site[] = [];
  for (const site of now) {
    const { line } = site.span.start;
    const before = lineBefore(maps, site.file, line);
    const key = before === undefined ? undefined : keyOf(site, before);
    const known = key === undefined ? undefined : whole.get(key);
    if (known !== undefined) sites.push(moved(known, line));
    else if (key === undefined || !quick.has(key)) sites.push(site);
  }
  for (const [key, site] of whole) {
    if (quick.has(key)) continue;
    const map = maps.get(site.file);
    const line = map === undefined ? site.span.start.line : map.now(site.span.start.line);
    if (line !== undefined) sites.push(moved(site, line));
  }
  return sites;
}

/** Where a line of a file stood at the last whole run; undefined when it is new. */
export function lineBefore(
  maps: ReadonlyMap<string, LineMap>,
  file: string,
  line: number,
): number | undefined {
  const map = maps.get(file);
  return map === undefined ? line : map.before(line);
}

function keyOf({ kind, name, file, span, target, symbolKind }: Site, line: number): string {
  return `${file}|${line}:${span.start.column}|${kind}|${name}|${symbolKind ?? ""}|${target}`;
}

function moved(site: Site, line: number): Site {
  const { start, end } = site.span;
  if (line === start.line) return site;
  const span = {
    start: { ...start, line },
    end: { ...end, line: end.line + line - start.line },
  };
  return { ...site, span };
}
