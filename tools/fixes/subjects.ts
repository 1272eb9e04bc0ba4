import type { Subject } from "../oracle/model.ts";

/** Real crates that fixes are tried on; their features are those of `fixtures/corpus.yml`. */
export const NAMES = ["socket2", "signal-hook", "mio", "nix"] as const;

/** Entries of the corpus by name, in the order asked for. */
export function chosen(corpus: readonly Subject[], names: readonly string[]): Subject[] {
  return names.map((name) => {
    const found = corpus.find((subject) => subject.name === name);
    if (found === undefined) throw new Error(`${name} is not in fixtures/corpus.yml`);
    return found;
  });
}
