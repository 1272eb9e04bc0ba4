import { MENTION_STRIDE, type FileFacts } from "../extract/facts.ts";
import type { CrateSource } from "../extract/load-crate.ts";
import type { CrateAnswer, KeptPackage } from "./crates.ts";
import { isSitesFound } from "./run-cache.ts";
import { isRecord } from "../util/values.ts";

/**
 * Whether a value from the cache has the form of what is kept of a package, every index inside its table.
 *
 * The checksum says that a file is whole, not who wrote it: what does not fit must be a miss, not a crash later.
 */
export function isKeptPackage(value: unknown): value is KeptPackage {
  return isRecord(value) && typeof value["state"] === "string" && isCrateAnswer(value["answer"]);
}

function isCrateAnswer(value: unknown): value is CrateAnswer {
  if (!isRecord(value)) return false;
  if (value["kind"] === "host")
    return ["names", "paths", "telling"].every((table) => areStrings(value[table]));
  if (value["kind"] === "tool")
    return (
      ["telling", "macros"].every((table) => areStrings(value[table])) &&
      typeof value["reads"] === "boolean"
    );
  if (value["kind"] === "script") return isWritten(value);
  if (value["kind"] !== "target") return false;
  const { script, sources, outside, written } = value;
  if (written !== undefined && !isWritten(written)) return false;
  if (!isSitesFound(outside)) return false;
  if (script !== undefined && typeof script !== "string") return false;
  return Array.isArray(sources) && sources.every(isSource);
}

function isWritten(value: unknown): boolean {
  if (!isRecord(value) || typeof value["reads"] !== "boolean") return false;
  return ["variables", "telling", "data", "macros"].every((table) => areStrings(value[table]));
}

function isSource(value: unknown): value is CrateSource {
  if (!isRecord(value) || typeof value["bytes"] !== "number") return false;
  const { files, notAnalysed, texts } = value;
  if (!(files instanceof Map) || !Array.isArray(notAnalysed)) return false;
  if (texts !== undefined && !(texts instanceof Map)) return false;
  if (!notAnalysed.every((note) => isRecord(note) && typeof note["message"] === "string"))
    return false;
  for (const [name, facts] of files) if (typeof name !== "string" || !isFacts(facts)) return false;
  return true;
}

const TABLES = ["items", "calls", "literals", "includes", "problems", "cfgs"] as const;

function isFacts(value: unknown): value is FileFacts {
  if (!isRecord(value) || !areStrings(value["paths"])) return false;
  if (!(value["lineStarts"] instanceof Int32Array)) return false;
  if (!TABLES.every((table) => Array.isArray(value[table]) && value[table].every(isRecord)))
    return false;
  const facts = value as unknown as FileFacts;
  return areItems(facts) && areMentions(facts) && areCalls(facts);
}

function areItems({ items, cfgs }: FileFacts): boolean {
  return (
    items.length > 0 &&
    items.every(
      ({ name, kind, parent, cfg }, index) =>
        typeof name === "string" &&
        typeof kind === "string" &&
        (index === 0 ? parent === -1 : isIndex(parent, index)) &&
        isIndex(cfg, cfgs.length),
    )
  );
}

function areMentions({ mentions, paths, items, cfgs }: FileFacts): boolean {
  if (!(mentions instanceof Int32Array) || mentions.length % MENTION_STRIDE !== 0) return false;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    const fits =
      isIndex(mentions[at], paths.length) &&
      isIndex(mentions[at + 3], cfgs.length) &&
      isIndex(mentions[at + 4], items.length) &&
      mentions[at + 5] === 0;
    if (!fits) return false;
  }
  return true;
}

function areCalls({ calls, paths, items, cfgs }: FileFacts): boolean {
  return calls.every(
    ({ path, item, cfg, macro }) =>
      isIndex(path, paths.length) &&
      isIndex(item, items.length) &&
      isIndex(cfg, cfgs.length) &&
      isRecord(macro) &&
      typeof macro["text"] === "string",
  );
}

function isIndex(value: unknown, length: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < length;
}

function areStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
