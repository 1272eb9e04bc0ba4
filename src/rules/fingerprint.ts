import { createHash } from "node:crypto";

/** What a result is recognised by from run to run: nothing that moves when lines are added above it. */
export interface Identity {
  readonly rule: string;
  readonly package: string;
  readonly file: string;
  readonly item: string;
  readonly symbol: string;
  readonly context: string;
}

/**
 * Gives out fingerprints; equal identities are told apart by the order in which they are asked for, so ask in the
 * order of the file.
 *
 * @param known fingerprints that were made before, where the same are asked for again and again
 */
export function fingerprinter(known?: Map<string, string>): (identity: Identity) => string {
  const seen = new Map<string, number>();
  return (identity) => {
    const { rule, package: owner, file, item, symbol, context } = identity;
    const key = JSON.stringify([rule, owner, file, item, symbol, context]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const whole = `${key}#${ordinal}`;
    const before = known?.get(whole);
    if (before !== undefined) return before;
    const print = createHash("sha256").update(whole).digest("hex").slice(0, 32);
    known?.set(whole, print);
    return print;
  };
}
