import type { Package } from "../model/workspace.ts";

/** What cargo's name for a package says. */
export interface Spec {
  readonly name: string;
  readonly version: string;
  readonly source: Package["source"];
  /** Where it is from, without name and version; tells apart two packages of the same name and version. */
  readonly url: string;
}

/**
 * Reads a package id of cargo: `registry+URL#name@1.2.3`, `path+file:///dir/name#1.2.3` (the name left
 * out where the last part of the path says it), or `name 1.2.3 (registry+URL)` before cargo 1.77.
 */
export function parseSpec(id: string): Spec {
  const old = /^(\S+) (\S+) \((.+)\)$/.exec(id);
  if (old) return spec(old[1]!, old[2]!, old[3]!);
  const hash = id.lastIndexOf("#");
  const url = id.slice(0, hash);
  const fragment = id.slice(hash + 1);
  const at = fragment.lastIndexOf("@");
  if (at > 0) return spec(fragment.slice(0, at), fragment.slice(at + 1), url);
  const last =
    url
      .replace(/[?#].*$/, "")
      .replace(/\/+$/, "")
      .split("/")
      .at(-1) ?? "";
  return spec(decodeURIComponent(last).replace(/\.git$/, ""), fragment, url);
}

function spec(name: string, version: string, url: string): Spec {
  const kind = url.slice(0, url.indexOf("+"));
  return { name, version, url, source: kind === "path" || kind === "git" ? kind : "registry" };
}
