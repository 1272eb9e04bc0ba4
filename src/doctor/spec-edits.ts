import type { FileEdit } from "../model/doctor.ts";
import type { JsonMember } from "./json-members.ts";

/** Puts another value in the place of a member's. */
export function withValue(member: JsonMember, value: unknown): FileEdit {
  return { start: member.valueStart, end: member.valueEnd, text: JSON.stringify(value) };
}

/** Takes a member out, with one comma and the blanks beside it. */
export function without(members: readonly JsonMember[], member: JsonMember): FileEdit {
  const index = members.indexOf(member);
  const next = members[index + 1];
  if (next !== undefined) return { start: member.keyStart, end: next.keyStart, text: "" };
  const before = members[index - 1];
  return { start: before?.valueEnd ?? member.keyStart, end: member.valueEnd, text: "" };
}

/** Adds a member behind the last one, indented as that one is. */
export function added(
  text: string,
  members: readonly JsonMember[],
  key: string,
  value: unknown,
): FileEdit {
  const last = members.at(-1);
  const written = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  if (last === undefined) {
    const start = text.indexOf("{") + 1;
    return { start, end: start, text: written };
  }
  const lineStart = text.lastIndexOf("\n", last.keyStart) + 1;
  const indent = text.slice(lineStart, last.keyStart);
  const gap = /^\s*$/u.test(indent) && lineStart > 0 ? `\n${indent}` : " ";
  return { start: last.valueEnd, end: last.valueEnd, text: `,${gap}${written}` };
}

/** Applies edits; of two at the same place the first is written first, and what overlaps an earlier one is left out. */
export function applyEdits(text: string, edits: readonly FileEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
