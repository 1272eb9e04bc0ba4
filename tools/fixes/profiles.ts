import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { effortStatics, profileStatics } from "../oracle/effort/statics.ts";

/** An SDK whose libc has statics: what `--profile` takes, and which constants they are. */
export interface StaticsProfile {
  readonly title: string;
  readonly option: string;
  readonly names: ReadonlySet<string>;
}

/** The published SDK, and one that would make every divergent constant a static. */
export async function staticsProfiles(constants: string, cache: string): Promise<StaticsProfile[]> {
  const all = await effortStatics(constants, "ape-rs");
  const file = join(cache, "all-statics.yml");
  const entry = {
    names: [...all].toSorted(),
    effect: "closes",
    mode: "extern-static",
    how: "It is an extern static.",
    source: "tools/fixes",
  };
  const empty = {
    functions: [],
    structs: [],
    std: [],
    rules: [],
    crates: [],
    limits: [],
    hosts: [],
  };
  const head = {
    id: "all-statics",
    title: "every divergent constant is a static",
    sources: [],
    cfgs: [],
    rustflags: [],
  };
  // NOTE: JSON is YAML.
  await writeFile(file, JSON.stringify({ ...head, ...empty, constants: [entry] }));
  return [
    { title: "ape-rs", option: "ape-rs", names: profileStatics("ape-rs") },
    { title: "every divergent constant", option: file, names: all },
  ];
}
