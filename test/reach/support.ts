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
    all.filter((pkg) => !isHost(pkg)).flatMap((pkg) => inputsOf(pkg)),
  );
  expandGraph(graph);
  const macros = all.filter(isHost).map((pkg) => macrosOf(pkg));
  return print(graph, reachability({ graph, workspace, macros }).reachOf);
}

function packageOf(dir: string, name: string, options: Options): Package {
  const files = readFiles(join(dir, name));
  const isHost = options.host === true;
  return {
    id: `${name}@1.0.0`,
    name,
    version: "1.0.0",
    source: "path",
    dir: join(dir, name),
    edition: "2021",
    targets: targetsOf(name, Object.keys(files), isHost),
    builds: ARCHS.map((arch) => ({
      for: isHost ? "host" : "target",
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

/** As cargo finds them. */
function targetsOf(name: string, files: readonly string[], isHost: boolean): Target[] {
  return files.flatMap((root): Target[] => {
    const helper = /^src\/bin\/(\w+)\.rs$/.exec(root)?.[1];
    const isMain = root === "src/main.rs" || helper !== undefined;
    if (!isMain && root !== "src/lib.rs") return [];
    const kind = isHost ? "proc-macro" : isMain ? "bin" : "lib";
    const own = helper ?? name;
    return [{ kind, name: own, crateName: own.replaceAll("-", "_"), root, edition: "2021" }];
  });
}

type Input = Parameters<typeof buildGraph>[1][number];

function inputsOf(pkg: Package): Input[] {
  const files = readFiles(pkg.dir);
  const builds = pkg.builds.map((build) => ({ ...build, for: "target" as const }));
  const worlds = worldsOf({ ...pkg, builds }, [], () => 1);
  const read = (file: string): ReturnType<Parameters<typeof loadCrate>[0]["read"]> => {
    const text = files[file];
    return text === undefined ? { missing: true } : { text, bytes: text.length };
  };
  return pkg.targets.map((target) => {
    return { package: pkg, target, worlds, source: loadCrate({ read }, target.root, worlds) };
  });
}

function macrosOf(pkg: Package): ProcMacros {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const { source } of inputsOf(pkg))
    for (const facts of source.files.values()) {
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
