import type { ManifestEdit, PlanSwitch } from "../model/plan.ts";
import type { Site } from "../model/site.ts";
import type { Package } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { defaultsEdit, featureEdit, ownManifest, withoutEdit } from "./edits.ts";
import type { PlanGround } from "./ground.ts";
import type { Removal } from "./removal.ts";
import { takesOut, type SwitchDraft } from "./switches.ts";

interface Job {
  readonly ground: PlanGround;
  readonly drafts: readonly SwitchDraft[];
  readonly removal: Removal | undefined;
  readonly sites: readonly Site[];
}

/** Gives switches their edits. What goes anyway with the features of others is not told a second time. */
export function finishSwitches(job: Job): PlanSwitch[] {
  const { drafts, removal } = job;
  const gone = (draft: SwitchDraft): boolean =>
    removal?.gone.has(crateKey(draft.crateOf.pkg)) === true;
  const told = drafts.filter((draft) => !gone(draft) || takesOut(draft));
  const leading = told.filter((draft) => !gone(draft) || isCause(draft, told));
  return leading.map((draft) => finished(job, draft, gone(draft)));
}

/** Of crates that go together, those are told that stop the build. */
function isCause(draft: SwitchDraft, all: readonly SwitchDraft[]): boolean {
  const stops = (each: SwitchDraft): boolean =>
    each.crateOf.open.some(({ harm }) => harm === "build");
  return stops(draft) || !all.some(stops);
}

function finished(job: Job, draft: SwitchDraft, gone: boolean): PlanSwitch {
  const { crateOf, known, ...rest } = draft;
  const manifests = rootsOf(job.ground).flatMap((pkg) => ownManifest(pkg) ?? []);
  if (gone && job.removal !== undefined) {
    const { off, keep } = job.removal;
    return {
      ...rest,
      edits: manifests.flatMap((manifest) => defaultsEdit(manifest, off)),
      featuresOff: off,
      flags: [
        "--no-default-features",
        ...(keep.length === 0 ? [] : ["--features", keep.join(",")]),
      ],
      places: [],
    };
  }
  if (known?.kind === "feature")
    return {
      ...rest,
      edits: manifests.slice(0, 1).map((manifest) => featureEdit(manifest, crateOf.pkg, known)),
      places: [],
    };
  // NOTE: nothing is known to do about it; to leave out what brings it from afar would be a guess.
  const isFar = draft.kind === "unknown" && draft.path.length > 2;
  if (!takesOut(draft) || isFar) return { ...rest, edits: [], places: [] };
  const direct = (draft.path[1] ?? "").split(" ")[0] ?? "";
  const edits = manifests.flatMap((manifest): ManifestEdit[] => {
    const edit = withoutEdit(manifest, direct, job.ground.profile);
    return edit === undefined ? [] : [edit];
  });
  return { ...rest, edits, places: placesNaming(job, direct) };
}

function rootsOf({ workspace }: PlanGround): Package[] {
  return workspace.roots.flatMap((id) => workspace.packages.get(id) ?? []);
}

/** Where own code hands something of the crate to the whole program: the allocator's static. */
function placesNaming({ ground, sites }: Job, name: string): PlanSwitch["places"] {
  const crateName = name.replaceAll("-", "_");
  const own = new Set(ground.workspace.roots);
  return sites
    .filter(
      ({ kind, package: owner, data }) =>
        kind === "attribute" &&
        own.has(owner) &&
        String(data?.["type"] ?? "").split("::")[0] === crateName,
    )
    .map(({ file, span }) => ({ file, line: span.start.line }));
}
