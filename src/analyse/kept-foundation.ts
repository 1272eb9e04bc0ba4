import type { NotAnalysed } from "../model/place.ts";
import type { PackageId } from "../model/workspace.ts";
import { isPackedBlocks, type KeptReach } from "../reach/index.ts";
import type { KeptAnswers, RawSites } from "../resolve/index.ts";
import type { SitesFound } from "../source/manifest-sites.ts";
import { isSite, isSitesFound } from "./run-cache.ts";
import { isRising } from "../util/sorted.ts";
import { isRecord } from "../util/values.ts";

/** What is kept of one crate of a foundation. */
export interface KeptCrate {
  readonly package: PackageId;
  /** Names of its exported macros. */
  readonly exported: readonly string[];
  readonly sites: RawSites;
  /** Names of libc's constants that its own are made of, by the number of the item, each with a package. */
  readonly origins: ReadonlyMap<number, ReadonlyMap<string, string>>;
  /** What the program's own crates asked of it so far. */
  readonly answers: KeptAnswers;
}

/** Everything about the packages under a program that another run needs not work out again. */
export interface KeptFoundation {
  /** In the order of the graph. */
  readonly crates: readonly KeptCrate[];
  readonly reach: KeptReach;
  /** Facts outside Rust code. */
  readonly outside: SitesFound;
  readonly notAnalysed: readonly NotAnalysed[];
  readonly files: number;
  readonly bytes: number;
}

const TABLES = ["leadStarts", "calls", "read", "readStarts", "leads", "labelEnds"] as const;
const LISTS = ["counts", "names", "shown", "roots", "withCrate", "uncertain", "impls"] as const;

/** The checksum says that a file is whole, not who wrote it. */
export function isKeptFoundation(value: unknown): value is KeptFoundation {
  if (!isRecord(value)) return false;
  const { crates, reach, outside, notAnalysed, files, bytes } = value;
  return (
    typeof files === "number" &&
    typeof bytes === "number" &&
    Array.isArray(notAnalysed) &&
    isSitesFound(outside) &&
    Array.isArray(crates) &&
    crates.every(isKeptCrate) &&
    isKeptReach(reach, crates.length)
  );
}

function isKeptCrate(value: unknown): value is KeptCrate {
  if (!isRecord(value) || !isRecord(value["sites"])) return false;
  const { sites, arms } = value["sites"];
  return (
    typeof value["package"] === "string" &&
    Array.isArray(value["exported"]) &&
    value["origins"] instanceof Map &&
    isKeptAnswers(value["answers"]) &&
    Array.isArray(sites) &&
    sites.every(isSite) &&
    Array.isArray(arms) &&
    arms.every((arm) => isArm(arm, sites.length))
  );
}

function isKeptAnswers(value: unknown): value is KeptAnswers {
  return isRecord(value) && value["names"] instanceof Map && value["macros"] instanceof Map;
}

function isArm(value: unknown, sites: number): boolean {
  if (!isRecord(value) || !isSite(value["site"])) return false;
  const { within } = value;
  return Array.isArray(within) && within.every((k) => Number.isInteger(k) && k >= 0 && k < sites);
}

function isKeptReach(value: unknown, crates: number): value is KeptReach {
  if (!isRecord(value) || !(value["labels"] instanceof Uint8Array)) return false;
  if (!TABLES.every((name) => value[name] instanceof Int32Array)) return false;
  const { counts, labels, leadStarts, calls, read, readStarts, leads, labelEnds } =
    value as unknown as KeptReach;
  return (
    isPackedBlocks(value["blocks"]) &&
    isRising(leadStarts, calls.length) &&
    isRising(readStarts, leads.length) &&
    readStarts.length === read.length + 1 &&
    isRising(labelEnds, labels.length) &&
    LISTS.every((name) => Array.isArray(value[name])) &&
    Array.isArray(counts) &&
    counts.length === crates
  );
}
