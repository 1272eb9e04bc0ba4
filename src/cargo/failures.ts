import { IncompleteError, InputError } from "../util/errors.ts";
import type { RunResult } from "../util/process.ts";

/** Thrown when cargo would have to write Cargo.lock; we then work on a copy. */
export class LockfileOutdated extends Error {}

interface Known {
  readonly seen: RegExp;
  readonly hint: string;
}

/** What cargo says when it fails, and what the user can do; the first that is seen counts. */
const KNOWN: readonly Known[] = [
  {
    seen: /lock file version .* requires/,
    hint: "a newer cargo wrote Cargo.lock: update Rust, or pass `--no-cargo`",
  },
  {
    seen: /without the offline flag|offline mode|--offline was specified|\(`?--offline`?\)/,
    hint: "run without --offline, or `cargo fetch` first, or pass `--no-cargo` to analyse what is on this machine",
  },
  {
    seen: /no matching package named `[^`]*` found|could not be found in registry index/,
    hint: "check the spelling of the name",
  },
  {
    seen: /failed to select a version for the requirement/,
    hint: "check which versions of that package the registry has: one may be yanked, or a mirror behind",
  },
  {
    seen: /Could not resolve host|failed to download|Couldn't resolve|error sending request|network failure|failed to fetch|Connection refused|Failed to connect|Timeout was reached|spurious network error/,
    hint: "check the network, or pass `--no-cargo` to analyse what is on this machine",
  },
  {
    seen: /does not contain (?:this|these) features?|does not have feature|none of the selected packages contains/,
    hint: "see [features] in Cargo.toml",
  },
  {
    seen: /did not match any packages|package ID specification/,
    hint: "see `[workspace] members` in Cargo.toml",
  },
  {
    seen: /is not installed|no override and no default toolchain/,
    hint: "install a Rust toolchain, or pass `--no-cargo`",
  },
];

/** Turns a failed run of cargo into the error that the user sees. */
export function cargoFailure(
  result: RunResult,
  detail: { readonly place?: string; readonly crate?: string } = {},
): Error {
  if (result.ended === "aborted") return new IncompleteError("stopped while cargo was running");
  if (result.ended === "timeout")
    return new IncompleteError("cargo did not answer within ten minutes");
  if (result.ended) return new IncompleteError("cargo was ended before it had answered");
  if (
    /lock file .* needs to be updated|cannot (?:create|update) the lock file/.test(result.stderr)
  ) {
    return new LockfileOutdated(oneLine(result.stderr));
  }
  const hint = KNOWN.find(({ seen }) => seen.test(result.stderr))?.hint;
  const about = detail.crate ? `${detail.crate}: ` : "";
  return new InputError(`${about}cargo says: ${oneLine(result.stderr)}`, {
    ...(detail.place && { place: detail.place }),
    ...(hint && { hint }),
  });
}

/** Cargo's first error and the last of its causes, which names the reason. */
export function oneLine(stderr: string): string {
  const lines = stderr.split(/\r?\n/).map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith("error"));
  const head = lines[start]?.replace(/^error(\[\w+\])?: /, "") ?? "it failed without a reason";
  const causes = lines.flatMap((line, at) => (line === "Caused by:" ? [lines[at + 1] ?? ""] : []));
  const last = causes.at(-1);
  return last && last !== head ? `${head}: ${last}` : head;
}
