import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ConstantRow, FunctionRow, StructRow } from "../model/knowledge.ts";
import type { Taxon } from "../model/rule.ts";
import { divergentConstants, loadKnowledge } from "./load.ts";
import { readOwnYaml } from "../util/checked.ts";
import { once } from "../util/once.ts";

const FILE = fileURLToPath(new URL("../../rules/taxonomy.yml", import.meta.url));

/** `rules/taxonomy.yml`: the field notes' findings, with what is only reconstructed marked as such. */
const taxonomySchema = once(() => {
  const sentence = z.string().min(1);
  return z.strictObject({
    name: z.string(),
    about: z.string(),
    taxa: z
      .array(
        z.strictObject({
          id: z.string().regex(/^F-\d{3}$/u, "is not an F id"),
          title: sentence,
          hosts: sentence,
          rootClass: sentence,
          status: z.enum(["published", "reconstructed"]),
          source: sentence,
        }),
      )
      .min(1),
  });
});

let loaded: readonly Taxon[] | undefined;

/** The F taxonomy in order of id; read once per process. */
export function loadTaxonomy(): readonly Taxon[] {
  loaded ??= readOwnYaml({
    form: "taxonomy",
    name: "taxonomy",
    text: readFileSync(FILE, "utf8"),
    file: "rules/taxonomy.yml",
    schema: taxonomySchema,
  }).value.taxa;
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

/** What of a table's rows says under which findings they are. */
interface Judged {
  readonly constants: Pick<ConstantRow, "class" | "group">;
  readonly functions: Pick<FunctionRow, "status" | "unavailable">;
  readonly structs: StructRow;
}

type Judges = {
  readonly [Table in keyof Judged]: {
    readonly taxa: readonly string[];
    readonly of: (name: string, row: Judged[Table]) => readonly string[];
  };
};

/** For each table: the findings that its rows can be under, and those that one is. */
const JUDGES: Judges = {
  constants: { taxa: ["F-015", ...BY_GROUP.flatMap(([, taxa]) => taxa)], of: constantTaxa },
  functions: { taxa: ["F-013", "F-016"], of: functionTaxa },
  structs: { taxa: ["F-001"], of: structTaxa },
};

/** Ids of the findings that a name of the libc crate is about in a release; most names have none. */
export function taxaOf(
  name: string,
  rows: { constant?: ConstantRow; function?: FunctionRow; struct?: StructRow },
): string[] {
  const { constant, function: fn, struct } = rows;
  const ids = [
    ...(constant === undefined ? [] : JUDGES.constants.of(name, constant)),
    ...(fn === undefined ? [] : JUDGES.functions.of(name, fn)),
    ...(struct === undefined ? [] : JUDGES.structs.of(name, struct)),
  ];
  return [...new Set(ids)].sort();
}

/** The names of a release that a finding is about. Only tables that can hold one are read. */
export function namesUnder(id: string, release: string): string[] {
  const knowledge = loadKnowledge(release);
  const names = [
    ...under("constants", id, () => divergentConstants(release)),
    ...under("functions", id, () => knowledge.functions),
    ...under("structs", id, () => knowledge.structs),
  ];
  return [...new Set(names)];
}

function under<Table extends keyof Judged>(
  table: Table,
  id: string,
  rows: () => Readonly<Record<string, Judged[Table]>>,
): string[] {
  const { taxa, of } = JUDGES[table];
  if (!taxa.includes(id)) return [];
  return Object.entries(rows()).flatMap(([name, row]) =>
    of(name, row).includes(id) ? [name] : [],
  );
}

function constantTaxa(name: string, row: Judged["constants"]): readonly string[] {
  if (row.class === "same" || row.class === "unknown") return [];
  if (name === "MSG_NOSIGNAL") return ["F-015"];
  return BY_GROUP.find(([groups]) => groups.includes(row.group))?.[1] ?? [];
}

function functionTaxa(name: string, row: Judged["functions"]): readonly string[] {
  if (REACTOR.test(name) && row.unavailable.length > 0) return ["F-016"];
  return (name === "waitid" || name === "__xpg_strerror_r") && row.status !== "ok" ? ["F-013"] : [];
}

function structTaxa(name: string, row: StructRow): readonly string[] {
  const differs = [row.x86_64.class, row.aarch64.class].some((one) => one !== "same");
  return differs && /^stat(64)?$/.test(name) ? ["F-001"] : [];
}
