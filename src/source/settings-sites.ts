import type { Site } from "../model/site.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { CONFIG_FILES } from "../cargo/config.ts";
import { parseToml, strings, table } from "../cargo/toml.ts";
import type { Table } from "../cargo/toml.ts";
import { InputError } from "../util/errors.ts";
import { manifestSite } from "./manifest-sites.ts";
import type { SitesFound } from "./manifest-sites.ts";
import { PackageReader } from "./read-file.ts";
import { specSites } from "./target-spec-sites.ts";
import { keySpan } from "./toml-place.ts";

const PROFILE_KEYS = ["lto", "codegen-units", "panic"] as const;

/**
 * What the workspace says about how it is built: `profile.NAME.KEY=VALUE`, `linker=TRIPLE`, `rustflag=FLAG` and
 * `build-target=TARGET` of cargo's configuration, and the fields of target specifications. They count for the whole
 * program and stand with the first root package.
 */
export function settingsSites(workspace: Workspace): SitesFound {
  const owner = workspace.packages.get(workspace.roots[0] ?? "");
  if (owner === undefined) return { sites: [], notAnalysed: [] };
  const reader = new PackageReader(workspace.root);
  const notAnalysed: NotAnalysed[] = [];
  const sites: Site[] = [];
  const manifest = read({ reader, file: "Cargo.toml", owner, notAnalysed });
  if (manifest !== undefined) sites.push(...profileSites({ ...manifest, owner }));
  for (const file of CONFIG_FILES) {
    const config = read({ reader, file, owner, notAnalysed });
    if (config === undefined) continue;
    sites.push(...profileSites({ ...config, owner }), ...configSites({ ...config, owner }));
    break;
  }
  sites.push(...specSites({ owner, reader, root: workspace.root }));
  return { sites, notAnalysed };
}

interface TomlFile {
  readonly file: string;
  readonly text: string;
  readonly raw: Table;
}

function read(options: {
  reader: PackageReader;
  file: string;
  owner: Package;
  notAnalysed: NotAnalysed[];
}): TomlFile | undefined {
  const { reader, file, owner, notAnalysed } = options;
  const source = reader.read(file);
  if ("missing" in source) return undefined;
  if ("problem" in source) {
    notAnalysed.push({ ...source.problem, package: owner.id, file });
    return undefined;
  }
  try {
    return { file, text: source.text, raw: parseToml(source.text, file) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notAnalysed.push({
      cause: "syntax",
      message: `${error.place ?? file}: ${error.message}`,
      package: owner.id,
      file,
    });
    return undefined;
  }
}

type Owned = TomlFile & { readonly owner: Package };

function profileSites({ file, text, raw, owner }: Owned): Site[] {
  const sites: Site[] = [];
  for (const [profile, entry] of Object.entries(table(raw["profile"]) ?? {})) {
    for (const key of PROFILE_KEYS) {
      const value = table(entry)?.[key];
      if (value === undefined) continue;
      const span = keySpan({ text, table: `profile.${profile}`, key });
      const name = `profile.${profile}.${key}=${meaning(key, value)}`;
      sites.push(manifestSite({ owner, file, name, value: String(value), span }));
    }
  }
  return sites;
}

// NOTE: cargo takes `lto = true` for "fat".
function meaning(key: string, value: unknown): string {
  return key === "lto" && value === true ? "fat" : String(value);
}

function configSites({ file, text, raw, owner }: Owned): Site[] {
  const sites: Site[] = [];
  const build = table(raw["build"]);
  const add = (name: string, value: string, where: string, key: string): void => {
    sites.push(
      manifestSite({ owner, file, name, value, span: keySpan({ text, table: where, key }) }),
    );
  };
  for (const target of oneOrMore(build?.["target"]))
    add(`build-target=${target}`, target, "build", "target");
  for (const flag of flagsOf(build?.["rustflags"]))
    add(`rustflag=${flag}`, flag, "build", "rustflags");
  for (const [triple, entry] of Object.entries(table(raw["target"]) ?? {})) {
    const settings = table(entry);
    const linker = settings?.["linker"];
    if (typeof linker === "string") add(`linker=${triple}`, linker, `target.${triple}`, "linker");
    for (const flag of flagsOf(settings?.["rustflags"]))
      add(`rustflag=${flag}`, flag, `target.${triple}`, "rustflags");
  }
  return sites;
}

/** Flags as `-C name=value`, in whatever form they were written. */
function flagsOf(value: unknown): string[] {
  const words = typeof value === "string" ? value.split(/\s+/u).filter(Boolean) : strings(value);
  const flags: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "-C" || word === "-Z" || word === "--cfg") {
      flags.push(`${word} ${words[index + 1] ?? ""}`);
      index += 1;
    } else flags.push(word.replace(/^-([CZ])(?=\S)/u, "-$1 "));
  }
  return flags;
}

function oneOrMore(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : strings(value);
}
