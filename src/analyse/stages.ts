import type { Progress, RunOptions } from "../model/options.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { Site } from "../model/site.ts";
import type { Suppression } from "../model/suppression.ts";
import { ARCHS, type Arch } from "../model/host.ts";
import type { CfgAtom, Workspace } from "../model/workspace.ts";
import { DEFAULT_TRIPLES, loadWorkspace, type CargoOptions } from "../cargo/index.ts";
import { extractFile } from "../extract/extract.ts";
import { gapsOf } from "../resolve/index.ts";
import { settingsSites } from "../source/settings-sites.ts";
import { readRustFile } from "../source/rust-file.ts";
import { InputError } from "../util/errors.ts";
import { cacheOf } from "./kept.ts";
import { readApart } from "./read-apart.ts";
import { recallRun } from "./run-cache.ts";
import { analyseSnippet } from "./snippet.ts";
import { stopwatch } from "./stopwatch.ts";
import { suppressionsIn } from "./suppressions.ts";

/** Everything that the crates say, before any rule looks at it. */
export interface Facts {
  readonly workspace: Workspace;
  readonly sites: readonly Site[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly suppressions: readonly Suppression[];
  readonly target: string;
  readonly files: number;
  readonly bytes: number;
  readonly milliseconds: Record<string, number>;
}

/**
 * Run the stages from cargo to resolve.
 *
 * @param asked which names of std rules ask about, once that is known; absent: all are told
 */
export async function gatherFacts(
  options: RunOptions,
  knowledge: Knowledge,
  cfgs: readonly CfgAtom[],
  asked?: Promise<readonly string[] | undefined>,
): Promise<Facts> {
  const { input } = options;
  const triples = triplesFor(options.target);
  const compiled = { knowledge, cfgs, triples };
  if (input.kind === "file") return oneFile(readRustFile(input.path), compiled);
  if (input.kind === "stdin")
    return oneFile({ text: input.text, dir: "", file: "stdin.rs" }, compiled);
  const clock = stopwatch(options.onSpan);
  const workspace = await clock("cargo", () =>
    loadWorkspace(input, cargoOptions(options, triples)),
  );
  tell(options, { stage: "source", message: `${workspace.packages.size} packages` });
  const allCfgs = [...cfgs, ...(workspace.cfgs ?? [])];
  const cache = cacheOf(options);
  const on = { workspace, cfgs: allCfgs, std: await asked, cache };
  const found = await recallRun(on, () =>
    readApart({
      ...pick(options),
      ...on,
      clock,
      onSpan: (span) => {
        tell(options, { stage: "source", message: span.name });
        options.onSpan?.(span);
      },
      onStage: (message) => tell(options, { stage: "resolve", message }),
    }),
  );
  const settings = await clock("settings", () => settingsSites(workspace));
  return {
    ...found,
    workspace,
    sites: [...found.sites, ...settings.sites],
    notAnalysed: [
      ...workspace.notAnalysed,
      ...found.notAnalysed.flatMap((note) => partOf(note, workspace)),
      ...settings.notAnalysed,
    ],
    target: Object.values(triples).join(", "),
    milliseconds: clock.laps,
  };
}

/** What is part of the program only where somebody sets a variable, and nobody does, is no gap. */
function partOf({ variable, ...note }: NotAnalysed, { variables }: Workspace): NotAnalysed[] {
  return variable === undefined || variables?.has(variable) === true ? [note] : [];
}

function pick({ jobs, signal }: RunOptions): Pick<RunOptions, "jobs" | "signal"> {
  return { ...(jobs === undefined ? {} : { jobs }), ...(signal === undefined ? {} : { signal }) };
}

/** The file's own package alone: the libc crate around it is made up, and no result can stand in it. */
function withoutStandIns(workspace: Workspace): Workspace {
  const own = workspace.members.flatMap((id) => workspace.packages.get(id) ?? []);
  return {
    ...workspace,
    packages: new Map(own.map((pkg) => [pkg.id, { ...pkg, dependencies: [] }])),
  };
}

function oneFile(
  { text: code, dir, file }: { text: string; dir: string; file: string },
  compiled: { knowledge: Knowledge; cfgs: readonly CfgAtom[]; triples: Triples },
): Facts {
  const { knowledge, cfgs, triples } = compiled;
  const name = file.replace(/\.rs$/, "");
  const archs = ARCHS.filter((arch) => arch in triples);
  const from = { code, edition: "2021", knowledge, dir, file, name, cfgs, archs } as const;
  const { workspace, sites, graph } = analyseSnippet(from);
  const only =
    "one file was analysed by itself: names of crates other than std and libc are not resolved";
  const notAnalysed: NotAnalysed[] = [
    { cause: "approximate", message: only, file },
    ...graph.crates.flatMap((crate) => gapsOf(crate, workspace)),
  ];
  return {
    workspace: withoutStandIns(workspace),
    sites,
    notAnalysed,
    suppressions: workspace.roots.flatMap((id) => {
      const pkg = workspace.packages.get(id);
      return pkg === undefined ? [] : suppressionsIn(pkg, file, extractFile(code));
    }),
    target: Object.values(triples).join(", "),
    files: 1,
    bytes: Buffer.byteLength(code),
    milliseconds: {},
  };
}

/** What cargo is asked with, from the options of a run. */
export function cargoOptions(options: RunOptions, triples: CargoOptions["triples"]): CargoOptions {
  const { cargo = {}, signal, cacheDir } = options;
  return {
    ...cargo,
    ...(options.noCargo === true ? { cargo: "never" } : {}),
    ...(triples === undefined ? {} : { triples }),
    ...(signal === undefined ? {} : { signal }),
    ...(typeof cacheDir === "string" ? { cacheDir } : {}),
    ...(cacheDir === false ? { keep: false } : {}),
    onProgress: (message) => tell(options, { stage: "cargo", message }),
  };
}

type Triples = NonNullable<CargoOptions["triples"]>;

/** `--target`: that triple only; its architecture has to be one of ours, since cfg is decided for it. */
export function triplesFor(target: string | undefined): Triples {
  if (target === undefined) return DEFAULT_TRIPLES;
  const arch = target.split("-")[0] as Arch;
  if (arch in DEFAULT_TRIPLES && target.includes("-linux-")) return { [arch]: target };
  throw new InputError(`can't analyse for the target "${target}"`, {
    hint: `an APE is compiled for ${Object.values(DEFAULT_TRIPLES).join(" or ")}`,
  });
}

function tell(options: RunOptions, progress: Progress): void {
  options.onProgress?.(progress);
}
