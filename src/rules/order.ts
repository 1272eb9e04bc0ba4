import { HARMS, LEVELS } from "../model/rule.ts";
import type { Result } from "../model/result.ts";

type Placed = Pick<Result, "rule" | "package" | "file" | "span" | "symbol">;

/** Order of reports: worst harm first, then level, then place. Total, so that two runs agree. */
export function byHarm(
  a: Placed & Pick<Result, "harm" | "level">,
  b: Placed & Pick<Result, "harm" | "level">,
): number {
  return (
    HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm) ||
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    byPlace(a, b)
  );
}

/** Order of the code: package, file, line, column; then rule and symbol. */
export function byPlace(a: Placed, b: Placed): number {
  return (
    compare(a.package.name, b.package.name) ||
    compare(a.package.version, b.package.version) ||
    compare(a.file, b.file) ||
    a.span.start.line - b.span.start.line ||
    a.span.start.column - b.span.start.column ||
    compare(a.rule, b.rule) ||
    compare(a.symbol, b.symbol)
  );
}

// NOTE: not localeCompare: the order must not hang on the machine's language.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
