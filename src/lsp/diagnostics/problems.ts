import { join } from "node:path";
import type { Notice, Suppression } from "../../model/suppression.ts";
import type { Package } from "../../model/workspace.ts";
import type { InputError } from "../../util/errors.ts";
import type { FilePlace, Squiggle } from "./squiggle.ts";

/** `file:line:column`, `file:line`, or a file. */
const PLACE = /^(?<file>.*?)(?::(?<line>\d+))?(?::(?<column>\d+))?$/su;

/** Reads a place as errors name it. */
export function placeOf(text: string, folder: string): FilePlace {
  const { file = "", line = "1", column = "1" } = PLACE.exec(text)?.groups ?? {};
  const start = { line: Number(line), column: Number(column) };
  const absolute = /^(?:\/|[A-Za-z]:[\\/])/u.test(file) ? file : join(folder, file);
  // NOTE: errors name where something begins; its line ends behind it
  return { file: absolute, span: { start, end: { ...start, column: Number.MAX_SAFE_INTEGER } } };
}

/** A mistake in a manifest, a configuration or a rule: shown where it is; without a place at the project's manifest. */
export function problemSquiggle(error: InputError, folder: string): Squiggle {
  const place = placeOf(error.place ?? "Cargo.toml", folder);
  const message =
    error.hint === undefined ? error.message : `${error.message}\nhint: ${error.hint}`;
  return { ...place, level: "error", code: "input", message, related: [] };
}

const ABOUT_CONFIGURATION = new Set<Notice["kind"]>(["unused-ignore", "expired-ignore"]);
const UNNECESSARY = new Set<Notice["kind"]>([
  "unused-ignore",
  "unused-suppression",
  "expired-ignore",
  "expired-suppression",
]);

/** What is to be said of the user's own judgements in some packages, where they are written. */
export function noticeSquiggles(options: {
  notices: readonly Notice[];
  suppressions: readonly Suppression[];
  packages: readonly Pick<Package, "name" | "version" | "dir">[];
  folder: string;
}): Squiggle[] {
  const { notices, suppressions, packages, folder } = options;
  const folders = new Map<string, string>();
  for (const { file, start, package: about } of suppressions) {
    const owner = packages.find((pkg) => pkg.name === about.name && pkg.version === about.version);
    if (owner !== undefined) folders.set(`${file}:${start.line}:${start.column}`, owner.dir);
  }
  return notices.flatMap(({ kind, place, message }): Squiggle[] => {
    // NOTE: ignores name the configuration's path; suppressions a file of a package that may not be asked about
    const home = ABOUT_CONFIGURATION.has(kind) ? folder : folders.get(place);
    if (home === undefined || !/:\d+:\d+$/u.test(place)) return [];
    const at = placeOf(place, home);
    const unnecessary = UNNECESSARY.has(kind);
    return [{ ...at, level: "warning", code: kind, message, related: [], unnecessary }];
  });
}
