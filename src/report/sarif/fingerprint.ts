import { createHash } from "node:crypto";
import { directDependency } from "../anchor.ts";
import type { Anchors } from "../anchor.ts";
import type { Finding } from "../findings.ts";
import type { LineReader } from "../lines.ts";
import { lineHashes } from "./line-hash.ts";

/** Fingerprints of findings; keep it for one run only, for it numbers repeats. */
export type Fingerprinter = (one: Finding) => Record<string, string>;

/** Key of a dependency's finding: stays when the crate, or a neighbour in Cargo.lock, gets a new version. */
export function dependencyKey(one: Finding): string {
  const parts = [
    one.rule,
    one.package.name,
    directDependency(one.package),
    one.level === "note" ? "note" : "",
  ];
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}

/**
 * `primaryLocationLineHash` is the only one that GitHub reads. For own sources it is the very value that GitHub's
 * uploader computes, for a differing one makes a warning; for dependencies it is a stable value of our own, because
 * the uploader's moves with every bump in the neighbourhood.
 */
export function fingerprinter(anchors: Anchors, reader: LineReader): Fingerprinter {
  const hashes = new Map<string, readonly string[]>();
  const repeats = new Map<string, number>();
  const numbered = (key: string): number => {
    const next = (repeats.get(key) ?? 0) + 1;
    repeats.set(key, next);
    return next;
  };
  return (one) => {
    const { name, version } = one.package;
    if (!one.package.own) {
      const key = dependencyKey(one);
      const ordinal = numbered(key);
      return {
        primaryLocationLineHash: `${key.slice(0, 16)}:${ordinal}`,
        "apeLint/v1": `${key.slice(0, 32)}:${ordinal}`,
      };
    }
    const own = { "apeLint/v1": one.best.fingerprint };
    const text = anchors.isInTree(one.package)
      ? reader.text(name, version, one.best.file)
      : undefined;
    if (text === undefined) return own;
    const id = `${name}@${version}\n${one.best.file}`;
    if (!hashes.has(id)) hashes.set(id, lineHashes(text));
    const hash = hashes.get(id)?.[one.best.span.start.line - 1];
    return hash === undefined ? own : { primaryLocationLineHash: hash, ...own };
  };
}
