import type { KbShow } from "../model/explain.ts";
import type { FunctionRow, Knowledge, StructLayout } from "../model/knowledge.ts";
import { bareName, unknownName } from "./explain.ts";
import { DEFAULT_RELEASE, loadKnowledge } from "./load.ts";

/** The tables of a release in their documented form, all of them or the rows of some names. */
export function kbShow(
  options: { readonly release?: string; readonly names?: readonly string[] } = {},
): KbShow {
  const knowledge = loadKnowledge(options.release ?? DEFAULT_RELEASE);
  const names = options.names?.map(bareName) ?? [];
  for (const name of names) if (!knows(knowledge, name)) throw unknownName(name, knowledge.release);
  const wanted = names.length === 0 ? undefined : new Set(names);
  return {
    release: knowledge.release,
    constants: pick(knowledge.constants, wanted, (row) => ({
      class: row.class,
      libc: row.libc,
      hosts: row.hosts,
      runtime: row.runtime,
    })),
    functions: pick(knowledge.functions, wanted, functionOf),
    structs: pick(knowledge.structs, wanted, (row) => ({
      x86_64: layoutOf(row.x86_64),
      aarch64: layoutOf(row.aarch64),
    })),
  };
}

function knows(knowledge: Knowledge, name: string): boolean {
  const { constants, functions, structs } = knowledge;
  return [constants, functions, structs].some((table) => table[name] !== undefined);
}

function pick<Row, Out>(
  table: Readonly<Record<string, Row>>,
  wanted: ReadonlySet<string> | undefined,
  form: (row: Row) => Out,
): Record<string, Out> {
  const entries = Object.entries(table).filter(([name]) => wanted?.has(name) ?? true);
  return Object.fromEntries(entries.map(([name, row]) => [name, form(row)]));
}

function functionOf(row: FunctionRow): KbShow["functions"][string] {
  return { status: row.status, unavailable: row.unavailable };
}

function layoutOf(layout: StructLayout): Pick<StructLayout, "libc" | "cosmo" | "class"> {
  return { libc: layout.libc, cosmo: layout.cosmo, class: layout.class };
}
