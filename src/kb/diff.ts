import type { KbChange, KbDiff } from "../model/explain.ts";
import type { Knowledge } from "../model/knowledge.ts";
import { loadKnowledge } from "./load.ts";

type Table = KbChange["table"];

/** A name's state in one release, and whether that state is a hazard. */
interface State {
  readonly text: string;
  readonly hazard: boolean;
  /** Nothing is known: neither a hazard nor fine. */
  readonly unknown?: boolean;
  readonly group: string;
}

/**
 * What an upgrade from one release to another closes and opens. With `uses` (names of the libc crate that a
 * workspace uses, and how often) only those names count.
 */
export function kbDiff(
  from: string,
  to: string,
  options: { readonly uses?: ReadonlyMap<string, number> } = {},
): KbDiff {
  const before = loadKnowledge(from);
  const after = loadKnowledge(to);
  const closes: KbChange[] = [];
  const opens: KbChange[] = [];
  const changes: KbChange[] = [];
  let stays = 0;
  for (const table of ["constants", "functions", "structs"] as const)
    for (const name of namesOf(before, after, table)) {
      if (options.uses && !options.uses.has(name)) continue;
      const a = stateOf(before, table, name);
      const b = stateOf(after, table, name);
      if (!a.hazard && !b.hazard) continue;
      if (a.text === b.text) {
        stays += 1;
        continue;
      }
      const uses = options.uses?.get(name);
      const change: KbChange = {
        name,
        table,
        group: b.group || a.group,
        from: a.text,
        to: b.text,
        ...(uses === undefined ? {} : { uses }),
      };
      // NOTE: a hazard that nothing is known of any more is not closed.
      const moved = (a.hazard && b.hazard) || b.unknown === true;
      (moved ? changes : a.hazard ? closes : opens).push(change);
    }
  return { from: before.release, to: after.release, closes, opens, changes, stays };
}

function namesOf(before: Knowledge, after: Knowledge, table: Table): string[] {
  return [...new Set([...Object.keys(before[table]), ...Object.keys(after[table])])].sort();
}

function stateOf(knowledge: Knowledge, table: Table, name: string): State {
  if (table === "constants") return constantState(knowledge, name);
  if (table === "functions") return functionState(knowledge, name);
  const row = knowledge.structs[name];
  if (row === undefined) return NOTHING;
  const classes = [row.x86_64.class, row.aarch64.class];
  const text =
    classes[0] === classes[1]
      ? String(classes[0])
      : `${classes[0]} on x86_64, ${classes[1]} on aarch64`;
  return {
    text,
    hazard: classes.some((one) => one !== "same" && one !== "unknown"),
    unknown: classes.every((one) => one === "unknown"),
    group: "struct",
  };
}

const NOTHING: State = { text: "not there", hazard: false, unknown: true, group: "" };

function constantState(knowledge: Knowledge, name: string): State {
  const row = knowledge.constants[name];
  if (row === undefined) return NOTHING;
  const hosts = Object.entries(row.hosts)
    .filter(
      ([host, value]) =>
        value !== null && value !== row.libc[host.endsWith("arm64") ? "aarch64" : "x86_64"],
    )
    .map(([host]) => host);
  const hazard = row.class === "differs" || row.class === "absent";
  return {
    text: hazard ? `${row.class} (${hosts.join(", ")})` : row.class,
    hazard,
    unknown: row.class === "unknown",
    group: row.group,
  };
}

function functionState(knowledge: Knowledge, name: string): State {
  const row = knowledge.functions[name];
  if (row === undefined) return NOTHING;
  const hosts = row.unavailable.length === 0 ? "" : `, ENOSYS on ${row.unavailable.join(", ")}`;
  return {
    text: `${row.status}${hosts}`,
    hazard: row.status !== "ok" || hosts !== "",
    unknown: row.status === "unknown",
    group: "function",
  };
}
