import { HOSTS, type Host } from "../model/host.ts";
import type { Shard } from "../model/options.ts";
import { FORMATS, type FormatName } from "../report/options.ts";

export { parseCfg } from "../config/cfgs.ts";

const GROUPS: Readonly<Record<string, (host: Host) => boolean>> = {
  all: () => true,
  linux: (host) => host.startsWith("linux-"),
  macos: (host) => host.startsWith("macos-"),
  windows: (host) => host.startsWith("windows-"),
  bsd: (host) => host.includes("bsd-"),
  freebsd: (host) => host.startsWith("freebsd-"),
  openbsd: (host) => host.startsWith("openbsd-"),
  netbsd: (host) => host.startsWith("netbsd-"),
};

/** Words that stand for hosts: the hosts themselves, and groups of them. */
export const HOST_WORDS: readonly string[] = [...HOSTS, ...Object.keys(GROUPS)];

/** Reads `windows,linux-x64`: hosts and groups of them. Throws with a reason. */
export function parseHosts(text: string): Host[] {
  const words = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  if (words.length === 0) throw new Error(`name one of ${HOST_WORDS.join(", ")}.`);
  return words.flatMap((word) => {
    const group = Object.hasOwn(GROUPS, word) ? GROUPS[word] : undefined;
    const found = HOSTS.filter((host) => host === word || group?.(host));
    if (found.length === 0)
      throw new Error(`no host \`${word}\`; known: ${HOST_WORDS.join(", ")}.`);
    return found;
  });
}

/** A format, and the file that it goes to; no file means stdout. */
export interface FormatRequest {
  readonly format: FormatName;
  readonly file?: string;
}

/** Reads `sarif` or `sarif=out.sarif`. Throws with a reason. */
export function parseFormat(text: string): FormatRequest {
  const at = text.indexOf("=");
  const name = at < 0 ? text : text.slice(0, at);
  const format = FORMATS.find((each) => each === name);
  if (format === undefined) throw new Error(`no format \`${name}\`; known: ${FORMATS.join(", ")}.`);
  if (at < 0) return { format };
  const file = text.slice(at + 1);
  if (file === "") throw new Error("there is no file name after `=`.");
  return { format, file };
}

/** Reads a number of at least 1. Throws with a reason. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new Error("a number from 1 is needed.");
  return Number(text);
}

/** Reads `2/8`. Throws with a reason. */
export function parseShard(text: string): Shard {
  const [index = 0, count = 0] = /^[1-9]\d{0,3}\/[1-9]\d{0,3}$/u.test(text)
    ? text.split("/").map(Number)
    : [];
  if (index === 0 || index > count) throw new Error("a part is written as 2/8: number 2 of 8.");
  return { index, count };
}

/** Reads features as cargo does: `a,b`, `"a b"`. */
export function splitFeatures(text: string): string[] {
  return text.split(/[\s,]+/u).filter((feature) => feature !== "");
}

/** What the first argument of `check` means. */
export type InputWord =
  | { readonly kind: "stdin" }
  | { readonly kind: "place"; readonly path: string }
  | { readonly kind: "crate"; readonly name: string; readonly version?: string };

const CRATE = /^(?<name>[A-Za-z][A-Za-z0-9_-]{0,63})@(?<version>latest|\d[0-9A-Za-z.+-]*)$/u;

/**
 * Reads `-`, `NAME@VERSION`, `NAME@latest`, or a path. What exists on disk is a path, whatever it is called;
 * a bare word is never a crate: a slip of the keyboard must not download anything.
 */
export function parseInput(text: string, exists: (path: string) => boolean): InputWord {
  if (text === "-") return { kind: "stdin" };
  const crate = CRATE.exec(text);
  if (crate?.groups === undefined || exists(text)) return { kind: "place", path: text };
  const { name = "", version } = crate.groups;
  if (version === undefined || version === "latest") return { kind: "crate", name };
  return { kind: "crate", name, version };
}
