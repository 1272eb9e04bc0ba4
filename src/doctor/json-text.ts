import type { Position } from "../model/place.ts";

/** What is wrong with a text that should be a JSON object; `undefined`: nothing. */
export function parseProblem(text: string): { at: Position; why: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return undefined;
    return { at: { line: 1, column: 1 }, why: "a target specification is a JSON object" };
  } catch (error) {
    const offset = Number(/position (?<at>\d+)/u.exec(String(error))?.groups?.["at"] ?? 0);
    return { at: positionAt(text, offset), why: "this is not valid JSON" };
  }
}

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
