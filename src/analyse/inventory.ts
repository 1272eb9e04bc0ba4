import type { InventoryRow } from "../model/inventory.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { Context, Site } from "../model/site.ts";
import type { Workspace } from "../model/workspace.ts";
import { byText } from "../util/sorted.ts";

const KINDS = new Set(["const", "fn", "struct", "static"]);

/** The uses of the libc crate among the sites, in the order of packages, files and places. */
export function inventoryOf(
  sites: readonly Site[],
  workspace: Workspace,
  knowledge: Knowledge,
): InventoryRow[] {
  const rows = new Map<string, InventoryRow>();
  for (const site of sites) {
    if (site.kind !== "libc-use" || !KINDS.has(site.symbolKind ?? "")) continue;
    const row = toRow(site, workspace, knowledge);
    const key = `${row.package}@${row.version}|${row.file}|${row.line}:${row.column}|${row.kind}|${row.symbol}`;
    if (!rows.has(key)) rows.set(key, row);
  }
  return [...rows.values()].sort(byPlace);
}

function toRow(site: Site, workspace: Workspace, knowledge: Knowledge): InventoryRow {
  const pkg = workspace.packages.get(site.package);
  const kind = site.symbolKind as InventoryRow["kind"];
  const { context } = site;
  const contexts = site.data?.["contexts"];
  return {
    package: pkg?.name ?? site.package,
    version: pkg?.version ?? "",
    file: site.file,
    line: site.span.start.line,
    column: site.span.start.column,
    kind,
    symbol: site.name,
    via: site.via ?? "path",
    context,
    ...(Array.isArray(contexts) ? { contexts: contexts as readonly Context[] } : {}),
    active: site.active,
    reachable: site.reachable ?? "unknown",
    class: classOf(kind, site.name, knowledge),
    archs: site.archs,
  };
}

function classOf(
  kind: InventoryRow["kind"],
  name: string,
  knowledge: Knowledge,
): InventoryRow["class"] {
  if (kind === "const") return own(knowledge.constants, name)?.class ?? "unknown";
  if (kind === "fn") return own(knowledge.functions, name)?.status ?? "unknown";
  if (kind !== "struct") return "unknown";
  const layout = own(knowledge.structs, name);
  if (layout === undefined) return "unknown";
  const classes = [layout.x86_64.class, layout.aarch64.class];
  if (classes.every((one) => one === "same")) return "same";
  return classes.includes("unknown") ? "unknown" : "differs";
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function byPlace(a: InventoryRow, b: InventoryRow): number {
  return (
    byText(a.package, b.package) ||
    byText(a.version, b.version) ||
    byText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    byText(a.symbol, b.symbol)
  );
}
