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

/** Edits by file, to be made together or not at all. */
export interface Group {
  readonly parts: readonly { readonly file: string; readonly edits: readonly Edit[] }[];
}

/**
 * The groups whose edits can be made together, first come first served: a group that touches what an earlier one
 * changes is left out as a whole.
 */
export function withoutOverlap<G extends Group>(groups: readonly G[]): G[] {
  const kept: G[] = [];
  const taken = new Map<string, Edit[]>();
  for (const group of groups) {
    const meets = group.parts.some(({ file, edits }) =>
      edits.some((edit) => taken.get(file)?.some((other) => touch(edit, other)) === true),
    );
    if (meets) continue;
    kept.push(group);
    for (const { file, edits } of group.parts)
      taken.set(file, [...(taken.get(file) ?? []), ...edits]);
  }
  return kept;
}

/** NOTE: two insertions at one place have no order between them, so they count as touching. */
function touch(a: Edit, b: Edit): boolean {
  if (a.start === b.start) return true;
  return a.start < b.end && b.start < a.end;
}
