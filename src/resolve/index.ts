import type { Site } from "../model/site.ts";
import { expandBodies } from "./bodies.ts";
import type { FileRef, Graph } from "./graph.ts";
import { alternativeSites } from "./sites/alternatives.ts";
import { otherSites } from "./sites/others.ts";
import { mergeSites } from "./sites/site.ts";
import { Derived } from "./sites/derived.ts";
import { largeTables } from "./sites/tables.ts";
import { isSubject, useSites } from "./sites/uses.ts";

export { buildGraph, worldsOf, type CrateInput } from "./build-graph.ts";
export { cfgsOfBuildScript } from "./build-script.ts";
export type { Crate, Graph } from "./graph.ts";

/** Expand the macros inside bodies; the last step before names are asked for. */
export function expandGraph(graph: Graph): void {
  for (const crate of graph.crates) {
    if (!isSubject(crate)) expandBodies(crate, graph.files as (FileRef | undefined)[]);
  }
}

/** Every site in the crates of a graph, except in the libc crate itself, in the order of crates and places. */
export function findSites(graph: Graph): Site[] {
  const sites: Site[] = [];
  const derived = new Derived();
  for (const crate of graph.crates) {
    if (isSubject(crate)) continue;
    const uses = useSites(graph, crate, derived);
    const all = [...uses, ...otherSites(graph, crate), ...alternativeSites(graph, crate, uses)];
    for (const site of largeTables(mergeSites(all))) sites.push(site);
  }
  return sites;
}
