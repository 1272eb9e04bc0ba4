import type { Host } from "../model/host.ts";
import type { Result } from "../model/result.ts";
import { tagged, type PlanCrate, type PlanGround } from "./ground.ts";
import type { SwitchDraft } from "./switches.ts";

/**
 * Marks features that would be switched on for hosts only that stay lost: no change of a value and no feature brings them
 * back, for the program has no implementation for them.
 * @param left the crates that no switch takes out
 */
export function markIdle(
  ground: PlanGround,
  drafts: readonly SwitchDraft[],
  left: readonly PlanCrate[],
): SwitchDraft[] {
  const isBackend = tagged(ground, "backend");
  const isKnown = tagged(ground, "crates");
  const blocked = left.filter(({ row }) => row.verdict === "blocked");
  const lost = hostsOf(blocked.flatMap(({ open }) => open.filter(isBackend)));
  return drafts.map((draft) => {
    const harmed = hostsOf(draft.kind === "feature" ? draft.crateOf.open.filter(isKnown) : []);
    const isIdle = harmed.size > 0 && [...harmed].every((host) => lost.has(host));
    return isIdle ? { ...draft, idle: ground.hosts.filter((host) => harmed.has(host)) } : draft;
  });
}

function hostsOf(results: readonly Result[]): ReadonlySet<Host> {
  return new Set(results.flatMap(({ hosts }) => hosts));
}
