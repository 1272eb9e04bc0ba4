import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  addMacroNames,
  addTemplatePaths,
  type ProcMacros,
} from "../../src/extract/generated-names.ts";
import { loadCrate } from "../../src/extract/load-crate.ts";
import { ARCHS } from "../../src/model/host.ts";
import type { Package, Target, Workspace } from "../../src/model/workspace.ts";
import { numberOf } from "../../src/resolve/scopes.ts";
import { reachability, type ReachOf } from "../../src/reach/index.ts";
import { buildGraph, expandGraph, worldsOf, type Graph } from "../../src/resolve/index.ts";
import { itemPath } from "../../src/resolve/places.ts";
import { readFiles } from "../files.ts";

interface Options {
  readonly dependencies?: readonly string[];
  /** Only runs on the machine that builds. */
  readonly host?: boolean;
}

/** The crates of a fixture, analysed up to reachability; the first one is the program. */
export function reachOfFixture(dir: string): string {
  const options = parse(readFileSync(join(dir, "crates.yml"), "utf8")) as Record<string, Options>;
  const packages = new Map(
    Object.entries(options).map(([name, one]) => [`${name}@1.0.0`, packageOf(dir, name, one)]),
  );
  const workspace: Workspace = {
    root: dir,
    roots: [[...packages.keys()][0]!],
    members: [],
    packages,
    approximate: false,
    notAnalysed: [],
  };
  const isHost = (pkg: Package): boolean => pkg.targets[0]!.kind === "proc-macro";
  const all = [...packages.values()];
  const graph = buildGraph(
    workspace,
    all.filter((pkg) => !isHost(pkg)).map((pkg) => input(pkg)),
  );
  expandGraph(graph);
  const macros = all.filter(isHost).map((pkg) => macrosOf(pkg));
  return print(graph, reachability({ graph, workspace, macros }).reachOf);
}

function packageOf(dir: string, name: string, options: Options): Package {
  const files = readFiles(join(dir, name));
  const kind = options.host === true ? "proc-macro" : "src/main.rs" in files ? "bin" : "lib";
  const root = kind === "bin" ? "src/main.rs" : "src/lib.rs";
  const target: Target = {
    kind,
    name,
    crateName: name.replaceAll("-", "_"),
    root,
    edition: "2021",
  };
  return {
    id: `${name}@1.0.0`,
    name,
    version: "1.0.0",
    source: "path",
    dir: join(dir, name),
    edition: "2021",
    targets: [target],
    builds: ARCHS.map((arch) => ({
      for: kind === "proc-macro" ? "host" : "target",
      arch,
      features: [],
    })),
    dependencies: (options.dependencies ?? []).map((dependency) => ({
      package: `${dependency}@1.0.0`,
      externName: dependency.replaceAll("-", "_"),
      kind: "normal",
      archs: ARCHS,
      features: [],
    })),
  };
}

function input(pkg: Package): Parameters<typeof buildGraph>[1][number] {
  const files = readFiles(pkg.dir);
  const target = pkg.targets[0]!;
  const builds = pkg.builds.map((build) => ({ ...build, for: "target" as const }));
  const worlds = worldsOf({ ...pkg, builds }, [], () => 1);
  const read = (file: string): ReturnType<Parameters<typeof loadCrate>[0]["read"]> => {
    const text = files[file];
    return text === undefined ? { missing: true } : { text, bytes: text.length };
  };
  return { package: pkg, target, worlds, source: loadCrate({ read }, target.root, worlds) };
}

function macrosOf(pkg: Package): ProcMacros {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const facts of input(pkg).source.files.values()) {
    addMacroNames(facts, names);
    addTemplatePaths(facts, paths);
  }
  return { package: pkg.id, names, paths, telling: new Set() };
}

const SHOWN = new Set(["fn", "const", "static", "variant", "struct"]);

/** Live items with their trails, then dead ones. */
function print(graph: Graph, reachOf: ReachOf): string {
  const live: string[] = [];
  const dead: string[] = [];
  for (const crate of graph.crates) {
    for (const unit of crate.units) {
      unit.facts.items.forEach((item, index) => {
        if (index === 0 || unit.active[index] === 0 || !SHOWN.has(item.kind)) return;
        const { reachable, trail } = reachOf(crate.id, numberOf({ unit, index }));
        const name = `${crate.package.split("@")[0]}::${itemPath(unit, index)}`;
        if (reachable === "yes") live.push(`  ${item.kind} ${trail!.join(" > ")}`);
        else dead.push(`  ${item.kind} ${name}${reachable === "no" ? "" : ` (${reachable})`}`);
      });
    }
  }
  return ["live", ...live, "", "dead", ...dead, ""].join("\n");
}
