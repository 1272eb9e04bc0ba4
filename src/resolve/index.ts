import type { Site } from "../model/site.ts";
import { expandBodies } from "./bodies.ts";
import type { Crate, FileRef, Graph } from "./graph.ts";
import type { Leads } from "./leads.ts";
import { AskedStd } from "./sites/asked-std.ts";
import { alternativeSites } from "./sites/alternatives.ts";
import { methodSites } from "./sites/methods.ts";
import { otherSites } from "./sites/others.ts";
import { finishSites, NO_SITES, type RawSites } from "./sites/raw.ts";
import { Derived, type Origins } from "./sites/derived.ts";
import { isSubject } from "./sites/subject.ts";
import { useSites } from "./sites/uses.ts";
import { Words } from "./sites/words.ts";

export { buildGraph, dependenciesFirst, GraphBuilder, worldsOf } from "./build-graph.ts";
export type { KeptAnswers } from "./answers.ts";
export type { CrateInput } from "./crate.ts";
export { finishSites, type RawSite, type RawSites } from "./sites/raw.ts";
export { cfgsOfBuildScript } from "./build-script.ts";
export { gapsOf } from "./unexpanded.ts";
export type { Crate, Graph } from "./graph.ts";
export { Leads } from "./leads.ts";

/** Expand the macros inside bodies; the last step before names are asked for. */
export function expandGraph(graph: Graph): void {
  expandCrates(graph, graph.crates);
}

/** The same for some crates of a graph, each once, as soon as they and all that they depend on are there. */
export function expandCrates(graph: Graph, crates: readonly Crate[]): void {
  for (const crate of crates) {
    if (crate.isExpanded) continue;
    crate.isExpanded = true;
    if (!isSubject(crate)) expandBodies(crate, graph.files as (FileRef | undefined)[]);
  }
}

/** Every site in the crates of a graph, except in the libc crate itself, in the order of crates and places. */
export function findSites(graph: Graph): Site[] {
  const finder = new SiteFinder(graph);
  return graph.crates.flatMap((crate) => finishSites(finder.find(crate), () => ({})));
}

/** Finds the sites of one crate after the other; crates have to be asked dependencies first. */
export class SiteFinder {
  private readonly graph: Graph;
  private readonly derived = new Derived();
  /** Undefined from when a crate is there whose names nobody asked. */
  private words: Words | undefined;
  private readonly std: AskedStd;
  private readonly isKept: boolean;

  /**
   * @param std beginnings of the names of std that are looked for; absent: all that ask the operating system
   * @param isKept whether what is found out is kept for another run
   */
  constructor(graph: Graph, std?: readonly string[], isKept = false) {
    this.graph = graph;
    this.isKept = isKept;
    this.std = new AskedStd(std);
    this.words = new Words(this.derived.names, this.std);
  }

  /** Take over what an earlier run found out about a crate's constants. */
  know(crate: Crate, origins: Origins): void {
    this.derived.know(crate, origins);
    this.words = undefined;
  }

  /** Constants of a crate that are made of those of libc, once its sites were found. */
  originsOf(crate: Crate): Origins {
    return this.derived.originsOf(crate) ?? new Map();
  }

  /** @param leads what is known of its mentions, where a crate is asked again and again */
  find(crate: Crate, leads?: Leads): RawSites {
    const { graph, derived, words, std } = this;
    if (isSubject(crate)) {
      words?.addSubject(crate);
      return NO_SITES;
    }
    const made = derived.names.size;
    // where a crate is asked again and again, what is known of its mentions has to be whole; what the program's own
    // crates ask of those under them is kept for the next time, when nobody knows the words
    const isAskedAgain = leads !== undefined || (crate.answers === undefined && this.isKept);
    const useful = isAskedAgain ? undefined : words;
    const uses = useSites({ graph, crate, derived, leads, std, words: useful });
    if (derived.names.size > made) useful?.of(crate);
    const others = [...methodSites(graph, crate), ...otherSites(graph, crate)];
    return { sites: [...uses, ...others], arms: alternativeSites(graph, crate, uses) };
  }
}
