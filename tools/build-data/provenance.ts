import { writeFileSync } from "node:fs";
import { compareText } from "./constants.ts";

interface Range {
  file: string;
  from: number;
  to: number;
}

/** Collects places (`file:line`) per group into files with line ranges. */
export function ranges(
  places: Iterable<readonly [group: string, place: string]>,
): Record<string, { file: string; lines: [number, number] }[]> {
  const groups = new Map<string, Map<string, Range>>();
  for (const [group, place] of places) {
    const [, file = "", text = "1"] = /^(.*?)(?::(\d+))?$/.exec(place) ?? [];
    const line = Number(text);
    const files = groups.get(group) ?? new Map<string, Range>();
    groups.set(group, files);
    const range = files.get(file) ?? { file, from: line, to: line };
    range.from = Math.min(range.from, line);
    range.to = Math.max(range.to, line);
    files.set(file, range);
  }
  const sorted = [...groups].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(
    sorted.map(([group, files]) => [
      group,
      [...files.values()].sort((a, b) => compareText(a.file, b.file)).map(tidy),
    ]),
  );
}

function tidy(range: Range): { file: string; lines: [number, number] } {
  return { file: range.file, lines: [range.from, range.to] };
}

/** One line per group, so that a diff of two releases reads well. */
export function writeProvenance(
  path: string,
  head: Readonly<Record<string, unknown>>,
  parts: Readonly<Record<string, ReturnType<typeof ranges>>>,
): void {
  const lines = Object.entries(parts).map(([part, groups]) => {
    const rows = Object.entries(groups).map(
      ([group, files]) => `${JSON.stringify(group)}:${JSON.stringify(files)}`,
    );
    return `${JSON.stringify(part)}:{\n${rows.join(",\n")}\n}`;
  });
  writeFileSync(path, `${JSON.stringify(head).slice(0, -1)},\n${lines.join(",\n")}\n}\n`);
}
