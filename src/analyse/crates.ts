import type { CfgAtom, Package } from "../model/workspace.ts";
import { buildCfgs } from "../kb/build-cfg.ts";
import { addMacroNames, addTelling, addTemplatePaths } from "../extract/generated-names.ts";
import { compiledOf, writtenBy, type Compiled } from "../extract/build-script-code.ts";
import {
  macrosIn,
  readsFiles,
  tellingOfTool,
  writtenIn,
  type Written,
} from "../extract/written-code.ts";
import { namesVariable } from "../extract/included.ts";
import { KnownTexts } from "../extract/known-texts.ts";
import { loadCrate, type CrateSource, type SourceReader } from "../extract/load-crate.ts";
import { cfgsOfBuildScript, worldsOf } from "../resolve/index.ts";
import type { BuildTool, SitesFound } from "../source/manifest-sites.ts";
import { sitesOfPackage } from "../source/package-sites.ts";
import { PackageReader } from "../source/read-file.ts";
import type { Worlds } from "../syntax/cfg-eval.ts";

/** One package to read: plain data, so that a worker can do it. */
export interface CrateTask {
  /**
   * `target`: the crates that become part of the program; `host`: what a procedural macro writes for others;
   * `script`: what a build script writes; `tool`: what a dependency of one does.
   */
  readonly kind: "target" | "host" | "script" | "tool";
  readonly package: Package;
  /** Root files of the crates, relative to the package's folder. */
  readonly roots: readonly string[];
  readonly cfgs: readonly CfgAtom[];
  /** What its build script is built on. */
  readonly tools: readonly BuildTool[];
  /** Into what a build script puts its code. */
  readonly into?: Compiled;
}

/** What was read. */
export type CrateAnswer =
  | {
      readonly kind: "target";
      /** In the order of the task's roots. */
      readonly sources: readonly CrateSource[];
      /** Text of the build script. */
      readonly script: string | undefined;
      /** Facts of the package outside Rust code. */
      readonly outside: SitesFound;
      /** What the build script writes, where code is put into these crates that it may write. */
      readonly written?: Written;
    }
  | ({ readonly kind: "script" } & Written)
  | ({ readonly kind: "tool" } & Pick<Written, "telling" | "reads" | "macros">)
  | ({ readonly kind: "host" } & Readonly<
      Record<"names" | "paths" | "telling", readonly string[]>
    >);

/** What is kept of a package: the facts of its last state that anybody read. */
export interface KeptPackage {
  /** See `packageState`. */
  readonly state: string;
  readonly answer: CrateAnswer;
}

/** Bytes in front of what a worker hands over: when its work began, how long it took, and on which thread. */
export const WORK_HEAD = 3 * Float64Array.BYTES_PER_ELEMENT;

/**
 * Read the crates of a package. Throws when the package's folder is not there.
 *
 * @param before what was read of them when they were others
 */
export function readCrates(task: CrateTask, before?: CrateAnswer): CrateAnswer {
  return READERS[task.kind](task, before);
}

type ReadPackage = (task: CrateTask, before?: CrateAnswer) => CrateAnswer;

const READERS: Readonly<Record<CrateTask["kind"], ReadPackage>> = {
  target: readTarget,
  host: readHost,
  script: readScript,
  tool: readTool,
};

function readTarget(task: CrateTask, before?: CrateAnswer): CrateAnswer {
  const { package: pkg, roots, cfgs, tools } = task;
  const reader = new PackageReader(pkg.dir);
  const root = scriptOf(pkg);
  const read = root === undefined ? undefined : reader.read(root);
  const script = read !== undefined && "text" in read ? read.text : undefined;
  const worlds = targetWorlds(pkg, cfgs, script);
  const known = knownTexts(pkg, before);
  const sources = roots.map((one) => loadCrate(reader, one, worlds, known));
  const outside = sitesOfPackage(pkg, tools);
  const found = { kind: "target", sources, script, outside } as const;
  if (root === undefined || !sources.some(includesGenerated)) return found;
  try {
    const into = compiledOf(sources);
    return { ...found, written: scriptWrites({ ...task, roots: [root], into }) };
  } catch {
    return found; // what can't be read of a script is told of the script alone
  }
}

/** Only packages of the user's own are read again and again. */
function knownTexts({ source }: Package, before?: CrateAnswer): KnownTexts | undefined {
  if (source !== "path") return undefined;
  return new KnownTexts(before?.kind === "target" ? before.sources : []);
}

/** Whether a crate has an `include!` of a file that the compiler finds in a variable. */
function includesGenerated({ files }: CrateSource): boolean {
  return [...files.values()].some(
    ({ items, includes }) =>
      includes.some(({ argument }) => namesVariable(argument)) ||
      items.some(({ target, macro }) => target === "include" && namesVariable(macro?.text ?? "")),
  );
}

/** The root file of a package's build script. */
export function scriptOf(pkg: Package): string | undefined {
  return pkg.targets.find((target) => target.kind === "build-script")?.root;
}

function readScript(task: CrateTask): CrateAnswer {
  return { kind: "script", ...scriptWrites(task) };
}

function scriptWrites({ package: pkg, roots, cfgs, into }: CrateTask): Written {
  const reader = new PackageReader(pkg.dir);
  const texts = new Map<string, string>();
  const worlds = hostWorlds(pkg, cfgs);
  const sources = roots.map((root) => loadCrate(keeping(reader, texts), root, worlds));
  const features = [...new Set(pkg.builds.flatMap((build) => build.features))];
  const gaps = sources.flatMap(({ notAnalysed }) => notAnalysed.map(({ message }) => message));
  const script = { dir: pkg.dir, reader, texts, features, gaps };
  return writtenBy(script, into ?? { names: [], files: [] });
}

/** The configurations of a package as part of the program. */
export function targetWorlds(
  pkg: Package,
  cfgs: readonly CfgAtom[],
  script: string | undefined,
): Worlds {
  return worldsOf(pkg, cfgs, cfgsOfBuildScript(script, buildCfgs(pkg.name, pkg.version)));
}

function readHost({ package: pkg, roots, cfgs }: CrateTask): CrateAnswer {
  const reader = new PackageReader(pkg.dir);
  const texts = new Map<string, string>();
  const names = new Set<string>();
  const paths = new Set<string>();
  const telling = new Set<string>();
  const worlds = hostWorlds(pkg, cfgs);
  for (const root of roots) {
    for (const [file, facts] of loadCrate(keeping(reader, texts), root, worlds).files) {
      addMacroNames(facts, names);
      addTemplatePaths(facts, paths);
      addTelling(facts, texts.get(file) ?? "", telling);
    }
  }
  return { kind: "host", names: [...names], paths: [...paths], telling: [...telling] };
}

function readTool({ package: pkg, roots, cfgs }: CrateTask): CrateAnswer {
  const texts = new Map<string, string>();
  const reader = keeping(new PackageReader(pkg.dir), texts);
  for (const root of roots) loadCrate(reader, root, hostWorlds(pkg, cfgs));
  const telling = [...tellingOfTool(texts.values())];
  const macros = macrosIn([...texts.values()].flatMap(writtenIn));
  return { kind: "tool", telling, reads: readsFiles(texts.values()), macros };
}

/** A reader that remembers the texts that it gave. */
function keeping(reader: SourceReader, texts: Map<string, string>): SourceReader {
  return {
    read: (file) => {
      const source = reader.read(file);
      if ("text" in source) texts.set(file, source.text);
      return source;
    },
  };
}

/** The machine that builds is taken to be like the target, with the features of the host's build. */
function hostWorlds(pkg: Package, cfgs: readonly CfgAtom[]): Worlds {
  const builds = pkg.builds.map((build) => ({ ...build, for: "target" as const }));
  return worldsOf({ ...pkg, builds }, cfgs, () => 1);
}
