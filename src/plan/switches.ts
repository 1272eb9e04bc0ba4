import type { CrateSwitch } from "../model/crate.ts";
import type { PlanSwitch } from "../model/plan.ts";
import type { Result } from "../model/result.ts";
import { compareHarm } from "./harm.ts";
import { switchesOf, tagged, type PlanCrate, type PlanGround } from "./ground.ts";

/** A switch before the manifests were looked at. */
export type SwitchDraft = Omit<PlanSwitch, "edits" | "places" | "featuresOff" | "flags"> & {
  readonly crateOf: PlanCrate;
  readonly known?: CrateSwitch;
};

/** Kinds whose point is that the crate is no longer in the program. */
export function takesOut({ kind }: Pick<PlanSwitch, "kind">): boolean {
  return kind === "without" || kind === "instead" || kind === "unknown";
}

/** Crates that do not go as they are: what is known to do about them, or at least that they have to go. */
export function switchDrafts(ground: PlanGround, crates: readonly PlanCrate[]): SwitchDraft[] {
  return crates.filter(({ row }) => !row.own).flatMap((crate) => draftsOf(ground, crate));
}

function draftsOf(ground: PlanGround, crate: PlanCrate): SwitchDraft[] {
  const because = reasonsOf(ground, crate.open);
  if (crate.open.length === 0) return [];
  const base = {
    crate: crate.pkg.name,
    version: crate.pkg.version,
    path: crate.row.path,
    because,
    crateOf: crate,
  };
  const known = switchesOf(ground, crate.pkg);
  if (known.length > 0) {
    return known.map((each) => ({
      ...base,
      kind: each.kind,
      summary: each.summary,
      ...(each.cost === undefined ? {} : { cost: each.cost }),
      sources: each.sources,
      known: each,
    }));
  }
  const blocking = crate.open.filter((result) => stopsTheBuild(ground, result));
  const [first] = blocking.toSorted(compareHarm);
  if (first === undefined || crate.row.verdict !== "replace") return [];
  return [
    {
      ...base,
      because: reasonsOf(ground, blocking),
      kind: "unknown",
      summary: first.help ?? first.message,
      sources: [],
    },
  ];
}

function stopsTheBuild(ground: PlanGround, result: Result): boolean {
  const isPorting = tagged(ground, "porting");
  return (result.harm === "build" || result.harm === "aborts") && !isPorting(result);
}

/** How many messages are told of one crate. */
const TOLD = 3;

/** What is known of the crate by name says it best, then what picks a backend. */
function reasonsOf(ground: PlanGround, results: readonly Result[]): string[] {
  const ranks = ["crates", "backend"].map((tag) => tagged(ground, tag));
  const rank = (result: Result): number => {
    const found = ranks.findIndex((isOf) => isOf(result));
    return found === -1 ? ranks.length : found;
  };
  const messages = results
    .toSorted((a, b) => rank(a) - rank(b) || compareHarm(a, b))
    .map(({ message }) => message);
  return [...new Set(messages)].slice(0, TOLD);
}
