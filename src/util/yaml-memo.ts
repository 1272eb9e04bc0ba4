/** Values of YAML texts by the text: to read one takes a hundred times as long as to look it up. */
let values = new Map<string, unknown>();
let added = false;
let fetch: (() => unknown) | undefined;

/** More texts than any set of rules and data has: what is beyond is read again each time. */
const MOST = 5000;

/** The value of a text that was read before and had no mistake. */
export function knownYaml(text: string): unknown {
  begin();
  return values.get(text);
}

/** Keep the value of a text. */
export function keepYaml(text: string, value: unknown): void {
  if (values.size >= MOST || value === undefined) return;
  values.set(text, value);
  added = true;
}

/**
 * Begin with what another run has kept, fetched when a text is first asked for. Whatever it says, its values are
 * checked like those of a text.
 */
export function startYaml(kept: () => unknown): void {
  fetch = kept;
}

function begin(): void {
  const kept = fetch?.();
  fetch = undefined;
  if (!(kept instanceof Map)) return;
  for (const [text, value] of kept) {
    if (typeof text === "string" && !values.has(text)) values.set(text, value);
  }
}

/** All that is known, when there is more than what we began with. */
export function newYaml(): ReadonlyMap<string, unknown> | undefined {
  if (!added) return undefined;
  added = false;
  return values;
}

/**
 * Forget everything; for tests.
 * @public
 */
export function forgetYaml(): void {
  values = new Map();
  added = false;
  fetch = undefined;
}
