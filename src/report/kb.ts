import type { KbChange, KbDiff, KbShow } from "../model/explain.ts";
import { HOSTS } from "../model/host.ts";
import { valuesText, hostsText } from "../util/hosts-text.ts";
import type { TextStyle } from "./options.ts";
import { count, plain, safeJson } from "./plain.ts";
import { drawn, penOf } from "./text/style.ts";
import type { Pen } from "./text/style.ts";
import { wrap } from "./width.ts";

/** Forms that `ape-lint kb` has. */
export const KB_FORMATS = ["text", "json"] as const;
export type KbFormat = (typeof KB_FORMATS)[number];

/** Writes rows of the tables; the JSON is the documented form and has nothing around it. Pure. */
export function renderKbShow(format: KbFormat, show: KbShow, style: TextStyle = {}): string {
  if (format === "json") return `${safeJson(show, 2)}\n`;
  const pen = penOf({ text: style });
  const lines = [
    ...Object.entries(show.constants).map(
      ([name, row]) =>
        `${name}: ${row.class}${row.runtime ? ", run-time" : ""}; ${valuesText(row.hosts, HOSTS)}`,
    ),
    ...Object.entries(show.functions).map(([name, row]) => {
      const hosts = row.unavailable.length === 0 ? "" : `; ENOSYS on ${hostsText(row.unavailable)}`;
      return `${name}(): ${row.status}${hosts}`;
    }),
    ...Object.entries(show.structs).map(
      ([name, row]) =>
        `struct ${name}: ${row.x86_64.class} on x86_64, ${row.aarch64.class} on aarch64`,
    ),
  ];
  return `${[`cosmocc ${show.release}`, ...lines.map((line) => drawn(pen, plain(line)))].join("\n")}\n`;
}

/** Writes what an upgrade closes and opens. Pure. */
export function renderKbDiff(format: KbFormat, diff: KbDiff, style: TextStyle = {}): string {
  if (format === "json") return `${safeJson({ schemaVersion: 1, ...diff }, 2)}\n`;
  const pen = penOf({ text: style });
  const limit = style.all === true ? Number.POSITIVE_INFINITY : 20;
  return `${[
    pen.bold(plain(`cosmocc ${diff.from} to ${diff.to}`)),
    `closes ${count(diff.closes.length, "hazard")}, opens ${diff.opens.length}, changes ${diff.changes.length}, leaves ${diff.stays} as they are`,
    "",
    ...part("closes", diff.closes, { pen, limit }),
    ...part("opens", diff.opens, { pen, limit }),
    ...part("changes", diff.changes, { pen, limit }),
  ].join("\n")}\n`;
}

function part(
  title: string,
  changes: readonly KbChange[],
  options: { pen: Pen; limit: number },
): string[] {
  if (changes.length === 0) return [];
  const { pen, limit } = options;
  const lines = [...grouped(changes)].flatMap(([group, rows]) => groupLines(group, rows, limit));
  return [
    pen.bold(title),
    ...lines.flatMap((line) =>
      wrap(drawn(pen, plain(line)), pen.width - 2).map((row) => `  ${row}`),
    ),
    "",
  ];
}

function grouped(changes: readonly KbChange[]): Map<string, KbChange[]> {
  const groups = new Map<string, KbChange[]>();
  for (const change of changes) {
    const key = change.table === "constants" ? `constants, ${change.group}` : change.table;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return groups;
}

function groupLines(group: string, rows: readonly KbChange[], limit: number): string[] {
  const shown = rows
    .slice(0, limit)
    .map((row) => `${row.name}${row.uses === undefined ? "" : ` (${count(row.uses, "use")})`}`);
  const more = rows.length > limit ? ` … and ${rows.length - limit} more` : "";
  return [`${group} (${rows.length}): ${shown.join(" ")}${more}`];
}
