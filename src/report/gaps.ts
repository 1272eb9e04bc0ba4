import type { NotAnalysedCause } from "../model/place.ts";
import type { Report } from "../model/result.ts";
import { crateKey, keyInId } from "../util/crate-key.ts";
import { shownPath } from "./paths.ts";

/** Files of the user's own that could not be read as the compiler would: these he can mend. */
const MENDABLE = new Set<NotAnalysedCause>([
  "missing-file",
  "unreadable-file",
  "not-utf8",
  "outside-package",
  "too-large",
  "syntax",
]);

/**
 * Whole sentences, with the place, for what the user should know or can mend: that the answer is approximate, and
 * files of his own that were not read. Everything else is only counted.
 */
export function tellingGaps(report: Report): string[] {
  const own = report.packages.filter((one) => one.own);
  return report.notAnalysed.flatMap(({ cause, message, package: id, file, span }) => {
    if (cause === "approximate") return [message];
    if (id === undefined || !MENDABLE.has(cause)) return [];
    const key = keyInId(id, own.map(crateKey));
    const owner = own.find((one) => crateKey(one) === key);
    if (owner === undefined) return [];
    const shown = shownPath(report, owner, file ?? "Cargo.toml");
    if (file !== undefined && message.startsWith(`${file} `))
      return [`${shown}${message.slice(file.length)}`];
    const line = span === undefined ? "" : `:${span.start.line}:${span.start.column}`;
    return [`${shown}${line}: ${message}`];
  });
}
