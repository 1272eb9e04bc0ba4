import type { NotAnalysed } from "../model/place.ts";
import { SITE_KINDS, type Site } from "../model/site.ts";
import type { Suppression } from "../model/suppression.ts";
import type { CfgAtom, Workspace } from "../model/workspace.ts";
import { engineId, keyOf, packageState } from "../extract/cache-key.ts";
import type { Cache } from "../extract/cache.ts";
import type { SitesFound } from "../source/manifest-sites.ts";
import { isRecord } from "../util/values.ts";

/** What the crates of a workspace say: all that is kept of a run. */
export interface CrateFacts {
  readonly sites: readonly Site[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly suppressions: readonly Suppression[];
  readonly files: number;
  readonly bytes: number;
}

/**
 * The facts of a workspace's crates, worked out only when a file, a feature, a cfg or this program has changed since
 * they were kept.
 */
export async function recallRun(
  options: {
    workspace: Workspace;
    cfgs: readonly CfgAtom[];
    std?: readonly string[] | undefined;
    cache: Cache | undefined;
  },
  work: () => Promise<CrateFacts>,
): Promise<CrateFacts> {
  const { workspace, cfgs, std, cache } = options;
  const key = cache === undefined ? undefined : runKey(workspace, [cfgs, std]);
  if (cache === undefined || key === undefined) return work();
  const kept = cache.get("runs", key);
  if (isCrateFacts(kept)) return kept;
  const found = await work();
  // a package that could not be read now, for want of memory say, may be readable the next time
  if (found.notAnalysed.some(({ cause }) => cause === "package")) return found;
  cache.put("runs", key, found);
  cache.prune();
  return found;
}

/** Undefined when a package's state can't be told. */
function runKey(workspace: Workspace, asked: unknown): string | undefined {
  const packages: unknown[] = [];
  for (const pkg of workspace.packages.values()) {
    const state = pkg.builds.length === 0 ? "" : packageState(pkg);
    if (state === undefined) return undefined;
    packages.push(pkg, state);
  }
  const { root, roots, members } = workspace;
  return keyOf([engineId(), root, roots, members, asked, packages]);
}

const KINDS = new Set<unknown>(SITE_KINDS);

/** The checksum says that a file is whole, not who wrote it. */
function isCrateFacts(value: unknown): value is CrateFacts {
  if (!isRecord(value)) return false;
  const { sites, notAnalysed, suppressions, files, bytes } = value;
  return (
    typeof files === "number" &&
    typeof bytes === "number" &&
    Array.isArray(sites) &&
    sites.every(isSite) &&
    Array.isArray(suppressions) &&
    suppressions.every(isSuppression) &&
    Array.isArray(notAnalysed) &&
    notAnalysed.every((note) => isRecord(note) && typeof note["message"] === "string")
  );
}

function isSuppression(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value["rules"]) || !Array.isArray(value["lines"]))
    return false;
  return (
    isPosition(value["start"]) && isRecord(value["package"]) && typeof value["file"] === "string"
  );
}

const TEXTS = ["name", "package", "file", "target", "item", "context", "active"] as const;

/** Whether a value from the cache has the form of a site. */
export function isSite(value: unknown): boolean {
  if (!isRecord(value) || !KINDS.has(value["kind"])) return false;
  const { span, archs } = value;
  if (!TEXTS.every((key) => typeof value[key] === "string") || !Array.isArray(archs)) return false;
  return isRecord(span) && isPosition(span["start"]) && isPosition(span["end"]);
}

/** Whether it has the form of what a package says outside Rust code. */
export function isSitesFound(value: unknown): value is SitesFound {
  if (!isRecord(value) || !Array.isArray(value["notAnalysed"])) return false;
  return Array.isArray(value["sites"]) && value["sites"].every(isSite);
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && Number.isInteger(value["line"]) && Number.isInteger(value["column"]);
}
