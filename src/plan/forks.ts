import type { PlanFork, PlanStatic } from "../model/plan.ts";
import type { PublishedFork } from "../model/profile.ts";
import type { Result } from "../model/result.ts";
import { crateKey } from "../util/crate-key.ts";
import { makesStatics, satisfies, tagged, type PlanCrate, type PlanGround } from "./ground.ts";
import { effortOf, sitesOf, workCounts } from "./sites.ts";

const FROM = ["sdk", "published", "own"] as const;

/**
 * The crates that a changed copy has to take the place of: those that the profile brings, those that somebody has
 * published, and those that nobody has changed yet.
 */
export function forksOf(
  ground: PlanGround,
  crates: readonly PlanCrate[],
  features: ReadonlyMap<string, readonly string[]> = new Map(),
): PlanFork[] {
  return crates
    .flatMap((crate) => forkOf(ground, crate, features.get(crateKey(crate.pkg))) ?? [])
    .toSorted((a, b) => FROM.indexOf(a.from) - FROM.indexOf(b.from) || (a.name < b.name ? -1 : 1));
}

function forkOf(
  ground: PlanGround,
  crate: PlanCrate,
  features: readonly string[] | undefined,
): PlanFork | undefined {
  const { pkg, row } = crate;
  if (row.own) return undefined;
  const fork = ground.profile.forks?.find(
    ({ name, versions }) => name === pkg.name && satisfies(pkg.version, versions),
  );
  const compile = crate.results.filter(isCompileError(ground));
  // NOTE: what a published fork leaves open is told with the constants, not as work on the fork.
  const sites = sitesOf(ground, fork ? compile : [...compile, ...codeResults(ground, crate)]);
  if (fork?.brought !== "sdk" && sites.length === 0) return undefined;
  return {
    name: pkg.name,
    version: pkg.version,
    from: fork === undefined ? "own" : fork.brought === "sdk" ? "sdk" : "published",
    ...(fork === undefined ? {} : { fork }),
    ...(features === undefined ? {} : { with: features }),
    path: row.path,
    work: workCounts(sites),
    sites,
    ...effortOf(sites),
  };
}

/** Places that the compiler refuses once the profile's constants are statics; a published fork answers them. */
export function isCompileError(ground: PlanGround): (result: Result) => boolean {
  const isPorting = tagged(ground, "porting");
  return (result) => isPorting(result) && result.demoted === undefined;
}

const NOT_BY_A_FORK = ["native", "linking", "crates", "build", "porting", "backend", "std"];

/** Open results that a change of the source answers: neither C nor the link nor a call that a host does not have. */
function codeResults(ground: PlanGround, crate: PlanCrate): readonly Result[] {
  const { verdict } = crate.row;
  if (verdict !== "fork" && verdict !== "blocked") return [];
  const tags = verdict === "blocked" ? [...NOT_BY_A_FORK, "calls"] : NOT_BY_A_FORK;
  const apart = tags.map((tag) => tagged(ground, tag));
  return crate.open.filter((result) => !apart.some((isOf) => isOf(result)));
}

/** The `[patch.crates-io]` table of forks that are to be had; a comment stands for those that are not. */
export function patchTable(forks: readonly PlanFork[]): string {
  if (forks.length === 0) return "";
  const lines = forks.map((each) => {
    const { name, version, fork, places } = each;
    // NOTE: two versions of a crate need two keys, and then each says which crate it is.
    const isTwice = forks.some((other) => other !== each && other.name === name);
    const key = isTwice ? `${name}-${version.replace(/[+].*$/u, "").replaceAll(".", "_")}` : name;
    const which = isTwice ? `package = "${name}", ` : "";
    return fork === undefined
      ? `# ${name} ${version}: nobody has published one; ${key} = { ${which}path = "…" } once its ${places === 1 ? "place is" : `${places} places are`} changed`
      : `${key} = { ${which}${sourceOf(fork)} }`;
  });
  const inSdk = forks.some(({ fork }) => fork?.path !== undefined);
  const where = inSdk ? ["# SDK: the folder that the SDK was cloned to, with its submodules"] : [];
  return `${["[patch.crates-io]", ...where, ...lines].join("\n")}\n`;
}

function sourceOf({ git, branch, path }: PublishedFork): string {
  // NOTE: a fork without a branch of its own is at a commit that only the SDK's clone names; its default branch is upstream's.
  if (path !== undefined) return `path = "SDK/${path}"`;
  return branch === undefined ? `git = "${git}"` : `git = "${git}", branch = "${branch}"`;
}

/** Constants that the program reads and the profile leaves at Linux's number, though it makes others statics. */
export function staticsOf(ground: PlanGround, crates: readonly PlanCrate[]): PlanStatic[] {
  if (!makesStatics(ground)) return [];
  const isPorting = tagged(ground, "porting");
  const found = new Map<string, Result[]>();
  for (const result of crates.flatMap(({ open }) => open)) {
    const row = Object.hasOwn(ground.knowledge.constants, result.symbol)
      ? ground.knowledge.constants[result.symbol]
      : undefined;
    if (row?.runtime !== true || isPorting(result)) continue;
    found.set(result.symbol, [...(found.get(result.symbol) ?? []), result]);
  }
  return [...found]
    .map(([name, results]) => ({
      name,
      places: results.reduce((sum, { places = 1 }) => sum + places, 0),
      hosts: ground.hosts.filter((host) => results.some(({ hosts }) => hosts.includes(host))),
    }))
    .toSorted((a, b) => b.places - a.places || (a.name < b.name ? -1 : 1));
}
