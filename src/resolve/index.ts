import type { Site } from "../model/site.ts";
import { expandBodies } from "./bodies.ts";
import type { FileRef, Graph } from "./graph.ts";
import { alternativeSites } from "./sites/alternatives.ts";
import { otherSites } from "./sites/others.ts";
import { mergeSites } from "./sites/site.ts";
import { isSubject, useSites } from "./sites/uses.ts";

export { buildGraph, worldsOf, type CrateInput } from "./build-graph.ts";
export { cfgsOfBuildScript } from "./build-script.ts";
export type { Crate, Graph } from "./graph.ts";

/** Every site in the crates of a graph, except in the libc crate itself, in the order of crates and places. */
export function findSites(graph: Graph): Site[] {
  const sites: Site[] = [];
  for (const crate of graph.crates) {
    if (isSubject(crate)) continue;
    expandBodies(crate, graph.files as (FileRef | undefined)[]);
    const uses = useSites(graph, crate);
    for (const site of mergeSites([
      ...uses,
      ...otherSites(graph, crate),
      ...alternativeSites(graph, crate, uses),
    ]))
      sites.push(site);
  }
  return sites;
}
