import { ARCHS, type Arch } from "../model/host.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { CfgAtom, Edition, Package, Workspace } from "../model/workspace.ts";
import { extractFile } from "../extract/extract.ts";
import type { CrateSource } from "../extract/load-crate.ts";
import {
  buildGraph,
  cfgsOfBuildScript,
  expandGraph,
  findSites,
  worldsOf,
  type CrateInput,
  type Graph,
} from "../resolve/index.ts";
import type { Site } from "../model/site.ts";

const FILE = "src/lib.rs";

/** One Rust file as a workspace of its own: a package around it, and a libc crate made of what we know of libc. */
export interface Snippet {
  readonly workspace: Workspace;
  readonly graph: Graph;
  readonly sites: readonly Site[];
}

/** Analyse one file as far as one file goes: names of std and libc are resolved, other crates are not there. */
export function analyseSnippet(options: {
  code: string;
  edition: Edition;
  knowledge: Knowledge;
  name?: string;
  dir?: string;
  file?: string;
  /** cfgs of the user and of the profile. */
  cfgs?: readonly CfgAtom[];
  /** What it is compiled for; all that an APE is, when absent. */
  archs?: readonly Arch[];
}): Snippet {
  const { code, edition, knowledge, name = "snippet", dir = "", file = FILE } = options;
  const { cfgs = [], archs = ARCHS } = options;
  const libc = newPackage("libc", "0.2.0", "2021", "", "registry", FILE);
  const own: Package = {
    ...newPackage(name, "0.0.0", edition, dir, "path", file),
    builds: archs.map((arch) => ({ for: "target", arch, features: [] })),
    dependencies: [
      { package: libc.id, externName: "libc", kind: "normal", archs: ARCHS, features: [] },
    ],
  };
  const workspace: Workspace = {
    root: dir,
    roots: [own.id],
    members: [own.id],
    packages: new Map([libc, own].map((pkg) => [pkg.id, pkg])),
    approximate: true,
    notAnalysed: [],
  };
  const graph = buildGraph(workspace, [
    input(libc, libcSource(knowledge), []),
    input(own, code, cfgs),
  ]);
  expandGraph(graph);
  return { workspace, graph, sites: findSites(graph) };
}

function newPackage(
  name: string,
  version: string,
  edition: Edition,
  dir: string,
  source: Package["source"],
  root: string,
): Package {
  return {
    id: `${name}@${version}`,
    name,
    version,
    source,
    dir,
    edition,
    targets: [{ kind: "lib", name, crateName: name.replaceAll("-", "_"), root, edition }],
    builds: ARCHS.map((arch) => ({ for: "target", arch, features: [] })),
    dependencies: [],
  };
}

function input(pkg: Package, code: string, cfgs: readonly CfgAtom[]): CrateInput {
  const target = pkg.targets[0]!;
  const facts = extractFile(code);
  const source: CrateSource = {
    files: new Map([[target.root, facts]]),
    notAnalysed: [],
    bytes: Buffer.byteLength(code),
  };
  const worlds = worldsOf(pkg, cfgs, cfgsOfBuildScript(undefined));
  return { package: pkg, target, worlds, source };
}

/** A stand-in for the libc crate: every name that the knowledge has, and nothing behind it. */
function libcSource(knowledge: Knowledge): string {
  const names = (table: Readonly<Record<string, unknown>>): string[] =>
    Object.keys(table).filter((name) => /^\w+$/.test(name));
  const constants = names(knowledge.constants).map((name) => `pub const ${name}: c_int = 0;`);
  const functions = names(knowledge.functions).map((name) => `pub fn ${name}();`);
  const structs = names(knowledge.structs).map((name) => `pub struct ${name};`);
  return [...constants, `extern "C" { ${functions.join(" ")} }`, ...structs].join("\n");
}
