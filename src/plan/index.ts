import type { Plan, PlanHost, PlanSwitch, ProfileChoice } from "../model/plan.ts";
import type { HostVerdict, MatrixRow } from "../model/result.ts";
import type { Site } from "../model/site.ts";
import { crateKey } from "../util/crate-key.ts";
import { cratesOf, tagged, type PlanCrate, type PlanGround } from "./ground.ts";
import { fallbackOf, type TreeFor } from "./fallback.ts";
import { forksOf, isCompileError, patchTable, staticsOf } from "./forks.ts";
import { nativeOf, ownWork, shimsOf } from "./native.ts";
import { markIdle } from "./idle.ts";
import { recommendedOf } from "./recommended.ts";
import { removalOf, type Removal, type Trial } from "./removal.ts";
import { finishSwitches } from "./finish-switches.ts";
import { switchedCrates, type Switched, type WithFeatures } from "./switched.ts";
import { switchDrafts, takesOut } from "./switches.ts";

export type { PlanGround } from "./ground.ts";
export type { TreeFor } from "./fallback.ts";
export type { Trial } from "./removal.ts";
export type { WithFeatures } from "./switched.ts";

/** Everything that a plan is made from. */
export interface PlanInput {
  readonly chosen: PlanGround;
  /** The same facts under every profile, the chosen one among them. */
  readonly profiles: readonly PlanGround[];
  readonly matrixOf: (ground: PlanGround) => readonly MatrixRow[];
  readonly trial: Trial;
  readonly withFeatures: WithFeatures;
  readonly sites: readonly Site[];
  readonly treeFor: TreeFor;
  /** Cargo's switches of this run. */
  readonly flags: readonly string[];
}

/** Makes the ordered work list of one program under the chosen profile. */
export async function planOf(input: PlanInput): Promise<Plan> {
  const { chosen, sites, matrixOf } = input;
  const { switches, left, switched, removal } = await waysOf(input);
  const forks = forksOf(chosen, switched.crates, switched.features);
  const own = ownWork(chosen, left);
  const shims = shimsOf(chosen, left);
  const { profile, release } = { profile: chosen.profile, release: chosen.knowledge.release };
  const root = chosen.workspace.packages.get(chosen.workspace.roots[0] ?? "");
  const hosts = hostsOf(
    input,
    matrixOf({ ...chosen, results: afterwardsOf(chosen, left, switches) }),
  );
  const profiles = input.profiles.map((ground) => choiceOf({ input, ground, removal, switched }));
  const fallback = await fallbackOf({
    hosts,
    workspace: chosen.workspace,
    profile,
    treeFor: input.treeFor,
    withCpp: cppPackages(sites, chosen),
    flags: input.flags,
    apeFlags: switches.find(({ flags }) => flags !== undefined)?.flags ?? input.flags,
  });
  const ownSites = own.flatMap((each) => each.sites);
  const changed = forks.filter(({ from }) => from === "own");
  return {
    release,
    profile: { id: profile.id, title: profile.title, limits: profile.limits ?? [] },
    program: { name: root?.name ?? "", version: root?.version ?? "" },
    hosts,
    profiles,
    recommended: recommendedOf(profiles),
    setup: profile.setup ?? [],
    cfgs: profile.cfgs.map(({ name, value }) =>
      value === undefined ? name : `${name}="${value}"`,
    ),
    rustflags: profile.rustflags,
    switches,
    forks,
    patch: patchTable(forks),
    statics: staticsOf(chosen, left),
    own,
    native: nativeOf(chosen, left),
    shims,
    ...(fallback === undefined ? {} : { fallback }),
    counts: {
      crates: forks.length,
      switches: switches.filter(({ idle }) => idle === undefined).length,
      places: changed.reduce((sum, { places }) => sum + places, 0),
      files: changed.reduce((sum, { files }) => sum + files, 0),
      ownPlaces: ownSites.length,
    },
    open: openQuestions(switches, switched),
  };
}

interface Ways {
  readonly switches: readonly PlanSwitch[];
  readonly removal: Removal | undefined;
  /** The crates that no switch takes out, as they are. */
  readonly left: readonly PlanCrate[];
  readonly switched: Switched;
}

/** Which features and crates are switched, and what that leaves. */
async function waysOf({ chosen, trial, sites, withFeatures }: PlanInput): Promise<Ways> {
  const crates = cratesOf(chosen);
  const drafts = switchDrafts(chosen, crates);
  const targets = drafts.filter(takesOut).map(({ crateOf }) => crateKey(crateOf.pkg));
  const removal = await removalOf({ workspace: chosen.workspace, targets, trial });
  const left = crates.filter((crate) => !isGone(crate, drafts, removal));
  const told = markIdle(chosen, drafts, left);
  const switches = finishSwitches({ ground: chosen, drafts: told, removal, sites });
  const switched = await switchedCrates({
    crates: left,
    drafts: told.filter(({ crateOf, idle }) => left.includes(crateOf) && idle === undefined),
    withFeatures,
  });
  return { switches, removal, left, switched };
}

function cppPackages(sites: readonly Site[], { workspace }: PlanGround): Set<string> {
  const found = sites.filter(
    ({ kind, data }) => kind === "native-file" && data?.["language"] === "c++",
  );
  return new Set(
    found.flatMap(({ package: id }) => {
      const pkg = workspace.packages.get(id);
      return pkg === undefined ? [] : [crateKey(pkg)];
    }),
  );
}

function isGone(
  { pkg }: PlanCrate,
  switches: readonly Way[],
  removal: Removal | undefined,
): boolean {
  if (removal?.gone.has(crateKey(pkg)) === true) return true;
  return switches.some(
    (each) => takesOut(each) && each.crate === pkg.name && each.version === pkg.version,
  );
}

/** What holds today, and what is left once the switches, the forks and the compiler's places are done. */
function hostsOf({ chosen, matrixOf }: PlanInput, rows: readonly MatrixRow[]): PlanHost[] {
  const then = new Map(rows.map((row) => [row.host, row]));
  const messages = new Map(
    chosen.results.map((each) => [each.fingerprint, `${each.package.name}: ${each.message}`]),
  );
  return matrixOf(chosen).map(({ host, verdict, notes = [] }) => {
    const row = then.get(host);
    const because = (row?.because ?? []).map((reason) => messages.get(reason) ?? reason);
    return { host, now: verdict, afterwards: row?.verdict ?? verdict, because, notes };
  });
}

function choiceOf(job: {
  readonly input: PlanInput;
  readonly ground: PlanGround;
  readonly removal: Removal | undefined;
  readonly switched: Switched;
}): ProfileChoice {
  const { ground, removal, switched } = job;
  const { chosen, matrixOf } = job.input;
  const isChosen = ground.profile.id === chosen.profile.id;
  const crates = cratesOf(ground);
  const drafts = switchDrafts(ground, crates);
  const left = crates.filter((crate) => !isGone(crate, drafts, removal));
  const forks = forksOf(ground, isChosen ? switched.crates : left);
  const count = (from: (typeof forks)[number]["from"]): number =>
    forks.filter((fork) => fork.from === from).length;
  const rows = matrixOf({ ...ground, results: afterwardsOf(ground, left, drafts) });
  return {
    id: ground.profile.id,
    title: ground.profile.title,
    chosen: isChosen,
    tried: ground.profile.hosts,
    hosts: Object.fromEntries(
      rows.map(({ host, verdict }): [string, HostVerdict] => [host, verdict]),
    ),
    forks: { sdk: count("sdk"), published: count("published"), own: count("own") },
    switches: new Set(
      markIdle(ground, drafts, left)
        .filter(({ kind, idle }) => kind !== "cfg" && idle === undefined)
        .map(({ crate }) => crate),
    ).size,
    places: forks.filter(({ from }) => from === "own").reduce((sum, { places }) => sum + places, 0),
    ownPlaces: ownWork(ground, left).reduce((sum, { sites }) => sum + sites.length, 0),
    limits: ground.profile.limits ?? [],
  };
}

type Way = Pick<PlanSwitch, "kind" | "crate" | "version">;

/** The results that are left when crates are gone, features are on, and the compiler has nothing to say. */
function afterwardsOf(
  ground: PlanGround,
  left: readonly PlanCrate[],
  switches: readonly Way[],
): PlanGround["results"] {
  const kept = new Set(left.map(({ pkg }) => crateKey(pkg)));
  const answered = new Set(
    switches
      .filter(({ kind }) => kind === "feature")
      .map(({ crate, version }) => `${crate}@${version}`),
  );
  const isKnown = tagged(ground, "crates");
  const isPorting = isCompileError(ground);
  return ground.results.filter((result) => {
    const key = crateKey(result.package);
    if (!kept.has(key) || isPorting(result)) return false;
    return !(answered.has(key) && isKnown(result));
  });
}

function openQuestions(switches: readonly PlanSwitch[], { features, unknown }: Switched): string[] {
  const instead = switches.filter(({ kind }) => kind === "instead");
  return [
    ...instead.map(
      ({ crate }) =>
        `What takes the place of ${crate} is not in this tree and was not looked at: run the plan again once it is.`,
    ),
    ...[...features].map(
      ([crate, on]) =>
        `${crate} was looked at by itself with ${on.join(", ")}, for what stops the compiler; what it does on other hosts is told once that is on: run the plan again then.`,
    ),
    ...unknown.map(
      ({ crate, known }) =>
        `${crate} could not be looked at with ${known?.feature ?? ""}: run the plan again once that is on.`,
    ),
  ];
}
