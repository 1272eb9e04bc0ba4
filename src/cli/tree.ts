import { existsSync } from "node:fs";
import path from "node:path";
import { PackageReader } from "../source/read-file.ts";
import { crateKey } from "../util/crate-key.ts";
import { HOMEPAGE } from "../util/version.ts";
import type { Report } from "../model/result.ts";
import type { Io } from "./io.ts";
import { trackedFiles } from "./git.ts";
import type { RenderOptions, TreeFile } from "../report/options.ts";
import { readRegularText } from "../util/regular-file.ts";

/** What reporters want to know of the files that a report is about. */
export type TreeOptions = Pick<
  RenderOptions,
  "source" | "repository" | "lockfile" | "manifests" | "tracked" | "homepage"
>;

/** Reads the user's tree for reporters: sources of packages for code frames, Cargo.lock and manifests for places. */
export async function treeOptions(
  report: Report,
  io: Pick<Io, "env" | "signal">,
): Promise<TreeOptions> {
  const lockfile = treeFile(report.root, "Cargo.lock");
  const manifests = report.packages
    .filter((one) => one.own)
    .map((one) => path.relative(report.root, path.join(one.dir, "Cargo.toml")))
    .filter((file) => !file.startsWith("..") && !path.isAbsolute(file))
    .map((file) => treeFile(report.root, file))
    .filter((file) => file !== undefined);
  const repository = repositoryOf(report.root);
  const files = repository === undefined ? undefined : await trackedFiles(report.root, io);
  return {
    ...homepageOf(io.env["APE_LINT_HOMEPAGE"] ?? HOMEPAGE),
    source: sourceReader(report),
    manifests,
    ...(lockfile === undefined ? {} : { lockfile }),
    ...(repository === undefined ? {} : { repository }),
    ...(files === undefined ? {} : { tracked: (file: string) => files.has(file) }),
  };
}

function homepageOf(text: string | undefined): Pick<TreeOptions, "homepage"> {
  return text?.startsWith("https://") === true ? { homepage: text.replace(/\/+$/u, "") } : {};
}

function treeFile(root: string, file: string): TreeFile | undefined {
  try {
    return { path: file.replaceAll("\\", "/"), text: readRegularText(path.join(root, file)) };
  } catch {
    return undefined;
  }
}

function sourceReader(report: Report): NonNullable<RenderOptions["source"]> {
  const folders = new Map(report.packages.map((one) => [crateKey(one), one.dir]));
  const readers = new Map<string, PackageReader>();
  return (name, version, file) => {
    const dir = folders.get(crateKey({ name, version }));
    if (dir === undefined || !existsSync(dir)) return undefined;
    const reader = readers.get(dir) ?? new PackageReader(dir);
    readers.set(dir, reader);
    const source = reader.read(file);
    return "text" in source ? source.text : undefined;
  };
}

function repositoryOf(root: string): string | undefined {
  for (let here = root; ; here = path.dirname(here)) {
    if (existsSync(path.join(here, ".git"))) return here;
    if (path.dirname(here) === here) return undefined;
  }
}
