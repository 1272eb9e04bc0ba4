import type { PackageReport, Report } from "../model/result.ts";
import type { RenderOptions } from "./options.ts";

function slashes(path: string): string {
  const forward = path.replaceAll("\\", "/").replace(/\/+$/, "");
  return /^[A-Za-z]:/.test(forward) ? forward[0]!.toLowerCase() + forward.slice(1) : forward;
}

/** `path` seen from the folder `base`, `/`-separated; undefined when it is not inside. */
export function relativeTo(base: string, path: string): string | undefined {
  // Only a Windows path has backslashes as separators; elsewhere they are part of a name.
  const windows = /^[A-Za-z]:|^\\\\/.test(base);
  const from = windows ? slashes(base) : base.replace(/\/+$/, "");
  const to = windows ? slashes(path) : path.replace(/(?<=.)\/+$/, "");
  if (to === from) return "";
  return to.startsWith(`${from}/`) ? to.slice(from.length + 1) : undefined;
}

/** Joins `/`-separated parts, leaving out empty ones. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("/");
}

/** A file of the user's tree as version control names it; paths outside the repository stay as they are. */
export function inRepository(report: Report, options: RenderOptions, path: string): string {
  if (options.repository === undefined) return path;
  return joined(relativeTo(options.repository, report.root) ?? "", path);
}

/**
 * Where a package's file is shown. Relative to `Report.root` for packages inside it, else `name-version/file`,
 * which is how registries name the folder; never a path of this machine.
 */
export function shownPath(report: Report, owner: PackageReport, file: string): string {
  const folder = relativeTo(report.root, owner.dir);
  return joined(folder ?? `${owner.name}-${owner.version}`, file);
}

/** Name and version of an entry of `PackageReport.path` (`name@version` or `name version`). */
export function pathStep(step: string): {
  readonly name: string;
  readonly version: string | undefined;
} {
  const match = /^([^@\s]+)(?:[@\s]v?([^\s]+))?/.exec(step);
  return { name: match?.[1] ?? step, version: match?.[2] };
}
