import type { CrateFact, CrateSwitch, KnownCrate } from "../model/crate.ts";
import { InputError } from "../util/errors.ts";
import { yamlPlace } from "../util/yaml.ts";
import { checkRange, duplicate, listData, readData, type DataFile } from "./files.ts";
import { dropUndefined, knownProfiles } from "./profiles.ts";
import { crateSchema, type CrateFile } from "./schemas.ts";

const FOLDER = "crates";

let all: readonly KnownCrate[] | undefined;

/** All crates that something is known about by name, in order of name; read once per process. */
export function loadCrates(): readonly KnownCrate[] {
  all ??= listData(FOLDER).map((name) =>
    toCrate(readData({ folder: FOLDER, name, schema: crateSchema })),
  );
  return all;
}

/** What is known about one crate by name; `undefined`: nothing. */
export function loadCrate(name: string): KnownCrate | undefined {
  if (!listData(FOLDER).includes(name)) return undefined;
  return toCrate(readData({ folder: FOLDER, name, schema: crateSchema }));
}

/** Checks what a schema cannot say. Exported for the tests of files that are wrong. */
export function toCrate(data: DataFile<CrateFile>): KnownCrate {
  if (data.checked !== true) checkCrate(data);
  const { value } = data;
  return {
    name: value.name,
    facts: value.facts.map((fact): CrateFact => dropUndefined(fact)),
    switches: value.switches.map((each): CrateSwitch => dropUndefined(each)),
  };
}

function checkCrate(data: DataFile<CrateFile>): void {
  const { value } = data;
  if (data.file !== `data/${FOLDER}/${value.name}.yml`)
    throw new InputError(`this file is about \`${value.name}\` and named otherwise`, {
      place: `${data.file}:1:1`,
    });
  const seen = new Set<string>();
  for (const [index, fact] of value.facts.entries()) {
    checkRange(data, ["facts", index, "versions"], fact.versions);
    if (seen.has(fact.id)) throw duplicate(data, ["facts", index, "id"], `\`${fact.id}\``);
    seen.add(fact.id);
    checkFact(data, index);
  }
  for (const [index, each] of value.switches.entries()) {
    checkRange(data, ["switches", index, "versions"], each.versions);
    checkSwitch(data, index);
  }
}

const NEEDS = { feature: "feature", cfg: "cfg", instead: "to", without: undefined } as const;

function checkSwitch(data: DataFile<CrateFile>, index: number): void {
  const each = data.value.switches[index];
  const need = each === undefined ? undefined : NEEDS[each.kind];
  const path = ["switches", index];
  const wrong = (message: string): InputError =>
    new InputError(message, { place: yamlPlace({ text: data.text, file: data.file, path }) });
  if (need !== undefined && each?.[need] === undefined)
    throw wrong(`a switch of kind \`${each?.kind}\` needs \`${need}\``);
  const known = knownProfiles();
  const unknown = each?.profiles?.find((profile) => !known.includes(profile));
  if (unknown !== undefined) throw wrong(`there is no profile "${unknown}"`);
}

function checkFact(data: DataFile<CrateFile>, index: number): void {
  const fact = data.value.facts[index];
  const wrong = (path: readonly PropertyKey[], message: string): InputError =>
    new InputError(message, {
      place: yamlPlace({ text: data.text, file: data.file, path: ["facts", index, ...path] }),
    });
  if (fact?.kind === "hazard" && fact.harm === undefined)
    throw wrong([], "a hazard needs `harm`: how it shows");
  const profiles = knownProfiles();
  const unknown = fact?.profiles?.find((profile) => !profiles.includes(profile));
  if (unknown !== undefined) throw wrong(["profiles"], `there is no profile "${unknown}"`);
}
