import type { Profile, Repair, Repairs } from "../model/profile.ts";
import type { CfgAtom } from "../model/workspace.ts";
import { InputError } from "../util/errors.ts";
import { didYouMean } from "../util/schema-hints.ts";
import {
  checkRange,
  dataMentions,
  duplicate,
  listData,
  readData,
  readOwnData,
  type DataFile,
} from "./files.ts";
import { profileSchema, type ProfileFile, type RepairEntry } from "./schemas.ts";

const FOLDER = "profiles";

/** The profile that is meant when nobody says which: plain std and libc. */
export const DEFAULT_PROFILE = "none";

/** Ids of the profiles that there is data about. */
export function knownProfiles(): string[] {
  return listData(FOLDER);
}

/** The profiles whose file has a word at all: the others need not be read to answer a question about it. */
export function profilesNaming(word: string): string[] {
  return knownProfiles().filter((id) => dataMentions({ folder: FOLDER, name: id, word }));
}

/** What an SDK already repairs, by id or from a file of the user's; what is neither is a mistake (`InputError`). */
export function loadProfile(id: string = DEFAULT_PROFILE): Profile {
  if (id.endsWith(".yml")) return toProfile(readOwnData({ file: id, schema: profileSchema }));
  const known = knownProfiles();
  if (!known.includes(id)) {
    const hint = didYouMean(id, known) ?? `known profiles: ${known.join(", ")}`;
    throw new InputError(`there is no profile "${id}"`, { hint });
  }
  return toProfile(readData({ folder: FOLDER, name: id, schema: profileSchema }));
}

const TABLES = ["constants", "functions", "structs", "std", "rules"] as const;

/** Turns the file's groups into tables by name. Exported for the tests of files that are wrong. */
export function toProfile(data: DataFile<ProfileFile>): Profile {
  const { value } = data;
  for (const [index, crate] of value.crates.entries())
    checkRange(data, ["crates", index, "versions"], crate.versions);
  for (const [index, fork] of value.forks.entries())
    checkRange(data, ["forks", index, "versions"], fork.versions);
  const tables = Object.fromEntries(TABLES.map((table) => [table, toTable(data, table)]));
  return {
    id: value.id,
    title: value.title,
    sources: value.sources,
    cfgs: value.cfgs.map(toAtom),
    rustflags: value.rustflags,
    ...(tables as Record<(typeof TABLES)[number], Repairs>),
    crates: value.crates.map((crate) => dropUndefined(crate)),
    hosts: value.hosts,
    drivesCargo: value.drivesCargo,
    ...(value.ci === undefined ? {} : { ci: value.ci }),
    forks: value.forks.map((fork) => dropUndefined(fork)),
    shims: value.shims,
    setup: value.setup.map((step) => dropUndefined(step)),
    limits: value.limits,
  };
}

function toTable(data: DataFile<ProfileFile>, table: (typeof TABLES)[number]): Repairs {
  const repairs = Object.create(null) as Record<string, Repair>;
  for (const [index, entry] of data.value[table].entries()) {
    for (const [at, name] of namesOf(entry).entries()) {
      const path = [table, index, "names", ...(Array.isArray(entry.names) ? [at] : [])];
      if (repairs[name]) throw duplicate(data, path, `\`${name}\``);
      repairs[name] = toRepair(entry);
    }
  }
  return repairs;
}

function namesOf(entry: RepairEntry): readonly string[] {
  return typeof entry.names === "string" ? entry.names.split(/\s+/) : entry.names;
}

function toRepair(entry: RepairEntry): Repair {
  const { names: _, ...repair } = entry;
  return dropUndefined(repair);
}

/** zod leaves optional keys as `undefined`; the model's optional keys are absent. */
export function dropUndefined<T extends object>(
  value: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function toAtom(text: string): CfgAtom {
  const [name = "", value] = text.split("=");
  return value === undefined ? { name } : { name, value: value.slice(1, -1) };
}
