import type {
  CrateExplanation,
  ReleaseState,
  SymbolExplanation,
  SymbolUses,
  TaxonExplanation,
} from "../model/explain.ts";
import { InputError } from "../util/errors.ts";
import { didYouMean } from "../util/schema-hints.ts";
import { adviceFor } from "./advice.ts";
import { loadCrate, loadCrates } from "./crates.ts";
import {
  DEFAULT_RELEASE,
  knownReleases,
  knownNames,
  readRows,
  type KnowledgeRows,
} from "./load.ts";
import { loadProfile, profilesNaming } from "./profiles.ts";
import { loadTaxonomy, namesUnder, taxaOf } from "./taxonomy.ts";

export interface ExplainOptions {
  readonly release?: string;
  /** Who uses the name in the user's workspace; from an inventory. */
  readonly uses?: readonly SymbolUses[];
  /** What the release says about the name, where that has been looked up. */
  readonly rows?: Partial<KnowledgeRows>;
}

/** The name without `libc::`, `rustix::c::` and the like, and without `()`. */
export function bareName(name: string): string {
  return name.replace(/^.*::/, "").replace(/\(\)$/, "");
}

/** All that is known about a name of the libc crate; a name that no table has is an InputError. */
export function explainSymbol(written: string, options: ExplainOptions = {}): SymbolExplanation {
  const name = bareName(written);
  const release = options.release ?? DEFAULT_RELEASE;
  const rows = options.rows ?? readRows(release, name);
  if (Object.keys(rows).length === 0) throw unknownName(name, release);
  const ids = taxaOf(name, rows);
  return {
    kind: "symbol",
    name,
    release,
    ...rows,
    releases: knownReleases().map((one) =>
      stateIn(one, one === release ? rows : readRows(one, name)),
    ),
    taxa: ids.length === 0 ? [] : loadTaxonomy().filter((taxon) => ids.includes(taxon.id)),
    repairs: repairsOf(name),
    advice: adviceFor(name, rows),
    ...(options.uses === undefined ? {} : { uses: options.uses }),
  };
}

/** The error for a name that no table has, with the name that was probably meant. */
export function unknownName(name: string, release: string): InputError {
  const known = knownNames(release);
  const hint =
    didYouMean(name, known) ?? "names are those of the libc crate: libc::EAGAIN, libc::stat";
  return new InputError(`release ${release} knows no \`${name}\` of the libc crate`, { hint });
}

function stateIn(release: string, rows: Partial<KnowledgeRows>): ReleaseState {
  const { constant, function: fn, struct } = rows;
  return {
    release,
    ...(constant && { constant: constant.class }),
    ...(fn && { function: fn.status }),
    ...(struct && { struct: { x86_64: struct.x86_64.class, aarch64: struct.aarch64.class } }),
  };
}

function repairsOf(name: string): SymbolExplanation["repairs"] {
  return profilesNaming(name).flatMap((profile) => {
    const { constants, functions, structs } = loadProfile(profile);
    const repair = constants[name] ?? functions[name] ?? structs[name];
    return repair === undefined ? [] : [{ profile, repair }];
  });
}

/** One entry of the F taxonomy: what it says, and the names and crates that our data puts under it. */
export function explainTaxon(
  id: string,
  options: { readonly release?: string; readonly rules?: readonly string[] } = {},
): TaxonExplanation {
  const taxonomy = loadTaxonomy();
  const taxon = taxonomy.find((one) => one.id === id.toUpperCase());
  if (taxon === undefined) {
    const ids = taxonomy.map((one) => one.id);
    throw new InputError(`there is no finding \`${id}\``, {
      hint: `known: ${ids[0]} to ${ids.at(-1)}`,
    });
  }
  const release = options.release ?? DEFAULT_RELEASE;
  const crates = loadCrates().flatMap(({ name, facts }) =>
    facts.filter((fact) => fact.taxa?.includes(taxon.id)).map((fact) => ({ name, fact })),
  );
  return {
    kind: "taxon",
    taxon,
    release,
    names: namesUnder(taxon.id, release),
    crates,
    rules: options.rules ?? [],
  };
}

/** What is known about a crate by its name; `undefined`: nothing, which is no verdict. */
export function explainCrate(name: string): CrateExplanation | undefined {
  const facts = loadCrate(name)?.facts ?? [];
  const patches = profilesNaming(name).flatMap((profile) =>
    loadProfile(profile)
      .crates.filter((patch) => patch.name === name)
      .map((patch) => ({ profile, patch })),
  );
  return facts.length + patches.length === 0 ? undefined : { kind: "crate", name, facts, patches };
}
