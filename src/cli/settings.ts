import { findConfig, levelPlaces, NO_CONFIG, type LoadedConfig } from "../config/find.ts";
import type { CargoFlags, FailOn, LevelSetting, RunOptions } from "../model/options.ts";
import path from "node:path";
import type { Flags } from "./flags.ts";
import { chooseInput } from "./input.ts";
import type { Invocation } from "./invocation.ts";
import { readFlags } from "./flags.ts";
import { cfgsOf } from "../config/cfgs.ts";
import type { Criteria } from "./select.ts";

/** What a command that analyses something needs: the command line joined with the configuration. */
export interface Settings {
  readonly flags: Flags;
  readonly config: LoadedConfig;
  readonly run: RunOptions;
  readonly failOn: FailOn;
  readonly pedantic: boolean;
  /** Folder of what is analysed. */
  readonly start: string;
}

/** Joins switches and configuration; a switch wins. Throws an InputError for what cannot be. */
export async function settingsOf({ operands, options, io }: Invocation): Promise<Settings> {
  const flags = readFlags(options);
  const { input, start } = await chooseInput(operands, flags, io);
  const config = await configOf(flags, { env: io.env, cwd: io.cwd, start });
  const file = config.config;
  const hosts = [...flags.host, ...flags.hosts];
  const run: RunOptions = {
    input,
    cargo: cargoOf(flags, config),
    noCargo: !flags.cargo,
    ...defined({
      hosts: unique(hosts.length > 0 ? hosts : file.hosts),
      profile: flags.profile ?? file.profile,
      release: flags.release ?? flags.cosmo ?? file.release,
      target: flags.target,
    }),
    cfgs: [...cfgsOf(file.cfgs, config.placeOf), ...flags.cfg],
    ruleDirs: [...config.ruleDirs, ...flags.rules.map((dir) => path.resolve(io.cwd, dir))],
    levels: { ...file.levels, ...levelsOf(flags) },
    levelPlaces: levelPlaces(config),
    ignores: flags.ignores ? config.ignores : [],
    inSource: flags.ignores,
    ...defined({ baseline: await baselineFor(flags, config, io.cwd), shard: flags.shard }),
    ...(flags.cache ? {} : { cacheDir: false as const }),
    ...defined({ jobs: flags.jobs }),
    signal: io.signal,
  };
  return {
    flags,
    config,
    start,
    run,
    failOn: flags.failOn ?? file["fail-on"] ?? "error",
    pedantic: flags.pedantic || (file.pedantic ?? false),
  };
}

/** What a run of these settings shows, and what fails it. */
export function criteriaOf({ flags, pedantic, failOn }: Settings): Criteria {
  const { minConfidence, minSeverity, all, strict } = flags;
  return { pedantic, minConfidence, minSeverity, all, failOn, strict };
}

async function configOf(
  flags: Flags,
  where: { env: Invocation["io"]["env"]; cwd: string; start: string },
): Promise<LoadedConfig> {
  if (flags.config === false) return NO_CONFIG;
  return findConfig({
    ...where,
    named: typeof flags.config === "string" ? flags.config : undefined,
  });
}

/** The baseline that holds: of the command line, else of the configuration; none with `--no-ignores`. */
async function baselineFor(
  flags: Flags,
  config: LoadedConfig,
  cwd: string,
): Promise<RunOptions["baseline"]> {
  const file = baselineFile(flags, config, cwd);
  if (file === undefined || !flags.ignores) return undefined;
  const { readBaseline } = await import("../config/baseline.ts");
  return readBaseline(file, shownPath(file, cwd));
}

/** Absolute path of the baseline, whether it is there or not. */
export function baselineFile(
  flags: Pick<Flags, "baseline">,
  config: LoadedConfig,
  cwd: string,
): string | undefined {
  if (flags.baseline === false) return undefined;
  return typeof flags.baseline === "string" ? path.resolve(cwd, flags.baseline) : config.baseline;
}

/** A path as a person is shown it: relative to where they are, when it is below. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith("..") ? file : relative.replaceAll("\\", "/");
}

/** Cargo's part; the configuration speaks only where the command line chooses no features or packages itself. */
function cargoOf(flags: Flags, { config }: LoadedConfig): CargoFlags {
  const file = config.cargo ?? {};
  const chose = flags.features.length > 0 || flags.allFeatures || !flags.defaultFeatures;
  const named = flags.package.length > 0 || flags.workspace || flags.exclude.length > 0;
  return {
    features: chose ? flags.features : (file.features ?? []),
    allFeatures: chose ? flags.allFeatures : (file["all-features"] ?? false),
    noDefaultFeatures: chose ? !flags.defaultFeatures : (file["no-default-features"] ?? false),
    packages: named ? flags.package : (file.packages ?? []),
    workspace: named ? flags.workspace : (file.workspace ?? false),
    exclude: named ? flags.exclude : (file.exclude ?? []),
    locked: flags.locked || flags.frozen,
    offline: flags.offline || flags.frozen,
  };
}

function levelsOf(flags: Flags): Record<string, LevelSetting> {
  const pairs = [
    ...flags.warn.map((rule) => [rule, "warning"] as const),
    ...flags.deny.map((rule) => [rule, "error"] as const),
    ...flags.allow.map((rule) => [rule, "off"] as const),
  ];
  return Object.fromEntries(pairs);
}

function unique<T>(values: readonly T[] | undefined): readonly T[] | undefined {
  return values === undefined ? undefined : [...new Set(values)];
}

/** The same object without the keys that have no value. */
function defined<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}
