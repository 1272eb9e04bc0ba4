import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ConstantRow, FunctionRow, StructRow } from "../model/knowledge.ts";
import type { Taxon } from "../model/rule.ts";
import { readYaml } from "../util/yaml.ts";

const FILE = fileURLToPath(new URL("../../rules/taxonomy.yml", import.meta.url));
const text = z.string().min(1);
const schema = z.looseObject({
  taxa: z.array(
    z.looseObject({
      id: text,
      title: text,
      hosts: text,
      rootClass: text,
      status: z.enum(["published", "reconstructed"]),
      source: text,
    }),
  ),
});

let loaded: readonly Taxon[] | undefined;

/** The F taxonomy in order of id; read once per process. */
export function loadTaxonomy(): readonly Taxon[] {
  loaded ??= readYaml({
    text: readFileSync(FILE, "utf8"),
    file: "rules/taxonomy.yml",
    schema,
  }).taxa.map(({ id, title, hosts, rootClass, status, source }) => ({
    id,
    title,
    hosts,
    rootClass,
    status,
    source,
  }));
  return loaded;
}

const BY_GROUP: readonly (readonly [groups: readonly string[], taxa: readonly string[]])[] = [
  [["errno"], ["F-002", "F-004", "F-008"]],
  [
    ["sock", "so", "af", "pf", "tcp", "ip", "ipv6"],
    ["F-003", "F-009"],
  ],
  [["clock"], ["F-005", "F-011"]],
];

/** Calls that only Linux answers and that a reactor is built of. */
const REACTOR = /^(epoll_|eventfd|timerfd_|signalfd|inotify_)/;

/** Ids of the findings that a name of the libc crate is about in a release; most names have none. */
export function taxaOf(
  name: string,
  rows: { constant?: ConstantRow; function?: FunctionRow; struct?: StructRow },
): string[] {
  const ids = new Set<string>();
  for (const id of constantTaxa(name, rows.constant)) ids.add(id);
  for (const id of functionTaxa(name, rows.function)) ids.add(id);
  for (const id of structTaxa(name, rows.struct)) ids.add(id);
  return [...ids].sort();
}

function constantTaxa(name: string, row: ConstantRow | undefined): readonly string[] {
  if (row === undefined || row.class === "same" || row.class === "unknown") return [];
  if (name === "MSG_NOSIGNAL") return ["F-015"];
  return BY_GROUP.find(([groups]) => groups.includes(row.group))?.[1] ?? [];
}

function functionTaxa(name: string, row: FunctionRow | undefined): readonly string[] {
  if (row === undefined) return [];
  if (REACTOR.test(name) && row.unavailable.length > 0) return ["F-016"];
  return (name === "waitid" || name === "__xpg_strerror_r") && row.status !== "ok" ? ["F-013"] : [];
}

function structTaxa(name: string, row: StructRow | undefined): readonly string[] {
  const differs =
    row !== undefined && [row.x86_64.class, row.aarch64.class].some((one) => one !== "same");
  return differs && /^stat(64)?$/.test(name) ? ["F-001"] : [];
}
