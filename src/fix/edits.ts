/** A change of a text; offsets in UTF-16 units, half-open. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The same text with edits made; they must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let made = "";
  let from = 0;
  for (const { start, end, newText } of edits.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start < from) throw new RangeError(`two edits overlap at ${start}`);
    made += text.slice(from, start) + newText;
    from = end;
  }
  return made + text.slice(from);
}

/**
 * The groups whose edits can be made together, first come first served: a group that touches what an earlier one
 * changes is left out as a whole.
 */
export function withoutOverlap<G extends { readonly edits: readonly Edit[] }>(
  groups: readonly G[],
): G[] {
  const kept: G[] = [];
  const taken: Edit[] = [];
  for (const group of groups) {
    if (group.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    kept.push(group);
    taken.push(...group.edits);
  }
  return kept;
}

/** NOTE: two insertions at one place have no order between them, so they count as touching. */
function touch(a: Edit, b: Edit): boolean {
  if (a.start === b.start) return true;
  return a.start < b.end && b.start < a.end;
}
