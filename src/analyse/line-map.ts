/** Which lines of a text are still there in a later one. Lines count from 1. */
export interface LineMap {
  /** Where a line of the earlier text stands now; undefined when it was changed. */
  now(line: number): number | undefined;
  /** Where a line of the later text stood; undefined when it is new. */
  before(line: number): number | undefined;
}

/**
 * Compares two texts by lines: the same beginning, the same end, and between them the lines that both have exactly
 * once, as long as they come in the same order. Linear, since it runs at every keystroke.
 */
export function lineMap(earlier: string, later: string): LineMap {
  const old = earlier.split("\n");
  const now = later.split("\n");
  const forward = new Int32Array(old.length + 1);
  const backward = new Int32Array(now.length + 1);
  const pair = (a: number, b: number): void => {
    forward[a + 1] = b + 1;
    backward[b + 1] = a + 1;
  };
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) pair(head, head++);
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) {
    pair(old.length - 1 - tail, now.length - 1 - tail);
    tail++;
  }
  pairUnique({ old, now, head, tail, pair });
  return {
    now: (line) => forward[line] || undefined,
    before: (line) => backward[line] || undefined,
  };
}

function pairUnique(options: {
  old: readonly string[];
  now: readonly string[];
  head: number;
  tail: number;
  pair: (a: number, b: number) => void;
}): void {
  const { old, now, head, tail, pair } = options;
  const places = once(now, head, now.length - tail);
  let least = head;
  for (const [text, at] of once(old, head, old.length - tail)) {
    const other = places.get(text);
    if (at < 0 || other === undefined || other < least) continue;
    pair(at, other);
    least = other + 1;
  }
}

/** Lines of a range by their text; -1 for those that it has twice. */
function once(lines: readonly string[], from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = from; at < to; at++) {
    const text = lines[at] ?? "";
    found.set(text, found.has(text) ? -1 : at);
  }
  return found;
}
