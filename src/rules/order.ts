import { HARMS, LEVELS } from "../model/rule.ts";
import type { Result } from "../model/result.ts";
import { byText } from "../util/sorted.ts";

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
    byText(a.package.name, b.package.name) ||
    byText(a.package.version, b.package.version) ||
    byText(a.file, b.file) ||
    a.span.start.line - b.span.start.line ||
    a.span.start.column - b.span.start.column ||
    byText(a.rule, b.rule) ||
    byText(a.symbol, b.symbol)
  );
}
