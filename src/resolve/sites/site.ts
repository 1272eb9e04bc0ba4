import { ARCHS } from "../../model/host.ts";
import { CONTEXTS, type Site, type SiteKind } from "../../model/site.ts";
import { surelyActive, type Active } from "../../syntax/cfg-eval.ts";
import type { CallPlace, Graph, Unit } from "../graph.ts";
import type { Resolved } from "../mentions.ts";
import { fileAt, itemPath, spanAt } from "../places.ts";
import { numberOf } from "../scopes.ts";
import type { RawSite } from "./raw.ts";

/** What all sites in a unit are made from. */
export interface SitePlace {
  readonly kind: SiteKind;
  readonly name: string;
  readonly unit: Unit;
  readonly item: number;
  readonly offset: number;
  /** Length of the marked text, in UTF-16 units. */
  readonly length: number;
  /** Index into the graph's files; 0 stands for the unit's own. */
  readonly file: number;
  /** Code of `CONTEXTS`. */
  readonly context: number;
  readonly active: Active;
}

/** Make the parts that every kind of site has. */
export function siteAt(graph: Graph, place: SitePlace): RawSite {
  const { unit, active } = place;
  const written = { ...place, file: place.file === 0 ? unit.file : place.file };
  const seen = shownAt(graph, unit, written);
  const file = fileAt(graph, seen.file);
  return {
    kind: place.kind,
    name: place.name,
    package: unit.crate.package,
    file: file.file,
    span: spanAt(file, seen.offset, seen.length),
    target: unit.crate.target,
    item: itemPath(unit, place.item),
    context: CONTEXTS[place.context] ?? "safe-expr",
    active: surelyActive(active) ? "yes" : "unknown",
    archs: archsOf(unit, active),
    at: numberOf({ unit, index: place.item }),
    ...dataOf(place, fileAt(graph, written.file).package),
  };
}

/** The site of a mention. */
export function siteOf(
  graph: Graph,
  { unit, item, offset, name: { length }, file, context, active }: Resolved,
  what: Pick<SitePlace, "kind" | "name">,
): RawSite {
  return siteAt(graph, { ...what, unit, item, offset, length, file, context, active });
}

/** A place in the package itself: for the text of another one's macro, the call that brings it in. */
function shownAt(graph: Graph, unit: Unit, written: CallPlace): CallPlace {
  const isOwn = ({ file }: CallPlace): boolean =>
    fileAt(graph, file).package === unit.crate.package;
  if (isOwn(written)) return written;
  for (let at: Unit | undefined = unit; at?.call !== undefined; at = at.outer?.unit)
    if (isOwn(at.call)) return at.call;
  return written;
}

/** The architectures that keep a place and that its crate is built for. */
function archsOf({ crate }: Unit, active: Active): Site["archs"] {
  return ARCHS.filter(
    (_, at) => crate.worlds[at] !== undefined && ((active >> (2 * at)) & 3) !== 0,
  );
}

const PATTERN = CONTEXTS.indexOf("pattern");

function dataOf(place: SitePlace, textOf: string): Pick<Site, "data"> {
  const { unit, context, file, offset, kind } = place;
  const data: Record<string, string> = {};
  // a place inside another package's macro is that package's text
  if (textOf !== unit.crate.package) data["macroPackage"] = textOf;
  const inPattern = context === PATTERN || kind === "errno-literal";
  if (inPattern && (file === 0 || file === unit.file)) {
    const around = unit.facts.abruptPatterns.find(({ at, end }) => at <= offset && offset < end);
    if (around !== undefined) data["otherwise"] = around.otherwise;
  }
  return Object.keys(data).length === 0 ? {} : { data };
}

/** One place seen through several expansions or configurations is one site. */
export function mergeSites(sites: readonly Site[]): Site[] {
  const merged = new Map<string, Site>();
  for (const site of sites) {
    const { start } = site.span;
    const key = `${site.package}|${site.file}|${start.line}:${start.column}|${site.kind}|${site.name}|${site.symbolKind ?? ""}|${site.target}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? site : join(before, site));
  }
  return [...merged.values()];
}

const REACH: readonly Site["reachable"][] = ["no", undefined, "unknown", "yes"];

function join(a: Site, b: Site): Site {
  const archs = ARCHS.filter((arch) => a.archs.includes(arch) || b.archs.includes(arch));
  const [first, second] =
    REACH.indexOf(a.reachable) >= REACH.indexOf(b.reachable) ? [a, b] : [b, a];
  // a use of what is made of the name counts where nothing names it itself
  const isDerived = first.via === "derived";
  const named = [first, second].filter(({ via }) => (via === "derived") === isDerived);
  const contexts = [...new Set(named.flatMap(contextsOf))];
  return {
    ...second,
    ...first,
    archs,
    active: a.active === "yes" || b.active === "yes" ? "yes" : "unknown",
    ...(contexts.length > 1 ? { data: { ...second.data, ...first.data, contexts } } : {}),
  };
}

function contextsOf({ context, data }: Site): readonly string[] {
  const known = data?.["contexts"];
  return Array.isArray(known) ? known : [context];
}
