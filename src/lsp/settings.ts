import { z } from "zod";
import { levelPlaces, loadConfig, NO_CONFIG, type LoadedConfig } from "../config/index.ts";
import { HOSTS } from "../model/host.ts";
import type { RunOptions } from "../model/options.ts";
import { cfgsOf } from "../config/cfgs.ts";

const word = z.string().min(1).nullish();

/** The section `apeLint` of an editor's settings. What is wrong in it counts as not said: an editor can't be told. */
export const settingsSchema = z.object({
  enable: z.boolean().catch(true),
  /** A configuration to use in place of the one that is found. */
  configPath: word.catch(undefined),
  profile: word.catch(undefined),
  release: word.catch(undefined),
  hosts: z.array(z.enum(HOSTS)).nullish().catch(undefined),
  /** Results of low confidence too. */
  pedantic: z.boolean().nullish().catch(undefined),
  run: z.enum(["onType", "onSave"]).catch("onType"),
  codeLens: z.boolean().catch(false),
  cargo: z.enum(["auto", "never"]).catch("auto"),
  offline: z.boolean().catch(false),
  cache: z.boolean().catch(true),
});

export type EditorSettings = z.output<typeof settingsSchema>;

/** Settings over those that the command line gave. */
export function readSettings(
  value: unknown,
  defaults: Partial<EditorSettings> = {},
): EditorSettings {
  const given = typeof value === "object" && value !== null ? value : {};
  const said = Object.entries(given).filter(([, each]) => each !== null && each !== undefined);
  return settingsSchema.parse({ ...defaults, ...Object.fromEntries(said) });
}

/** What a project is analysed with. */
export interface ProjectSettings {
  readonly run: Omit<RunOptions, "signal" | "onProgress" | "onSpan" | "onNotice">;
  readonly pedantic: boolean;
  readonly config: LoadedConfig;
}

/** Joins the editor's settings with the configuration around a folder. Throws an InputError with the place of a mistake. */
export function projectSettings(
  folder: string,
  settings: EditorSettings,
  env: Readonly<Record<string, string | undefined>>,
): ProjectSettings {
  const { configPath } = settings;
  const named = configPath ?? undefined;
  const config = settings.enable
    ? loadConfig({ named, env, cwd: folder, start: folder })
    : NO_CONFIG;
  const file = config.config;
  const cargo = file.cargo ?? {};
  const run: ProjectSettings["run"] = {
    input: { kind: "path", path: folder },
    cargo: {
      features: cargo.features ?? [],
      allFeatures: cargo["all-features"] ?? false,
      noDefaultFeatures: cargo["no-default-features"] ?? false,
      packages: cargo.packages ?? [],
      // NOTE: in an editor every package is looked at, not only the one that a command would build
      workspace: cargo.workspace ?? cargo.packages === undefined,
      exclude: cargo.exclude ?? [],
      offline: settings.offline,
    },
    noCargo: settings.cargo === "never",
    ...hostsOf(settings.hosts ?? file.hosts),
    ...said("profile", settings.profile ?? file.profile),
    ...said("release", settings.release ?? file.release),
    cfgs: cfgsOf(file.cfgs, config.placeOf),
    ruleDirs: config.ruleDirs,
    levels: file.levels ?? {},
    levelPlaces: levelPlaces(config),
    ignores: config.ignores,
    ...(settings.cache ? {} : { cacheDir: false as const }),
  };
  return { run, config, pedantic: settings.pedantic ?? file.pedantic ?? false };
}

function said<K extends string>(key: K, value: string | undefined): { [Key in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [Key in K]?: string };
}

function hostsOf(hosts: RunOptions["hosts"]): Pick<RunOptions, "hosts"> {
  return hosts === undefined ? {} : { hosts: [...new Set(hosts)] };
}
