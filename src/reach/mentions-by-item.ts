import { MENTION_STRIDE } from "../extract/facts.ts";
import type { Unit } from "../resolve/graph.ts";

/** Places of a unit's mentions in its table, grouped by item: those of item i from `starts[i]` to `starts[i + 1]`. */
export interface MentionsByItem {
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/** Group a unit's mentions by the item that they stand in; inside an item in the order of the text. */
export function mentionsByItem({ facts: { items, mentions } }: Unit): MentionsByItem {
  const starts = new Int32Array(items.length + 1);
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) starts[mentions[at + 4]! + 1]!++;
  for (let item = 0; item < items.length; item++) starts[item + 1]! += starts[item]!;
  const order = new Int32Array(mentions.length / MENTION_STRIDE);
  const next = starts.slice();
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    const item = mentions[at + 4]!;
    order[next[item]!++] = at;
  }
  return { starts, order };
}
