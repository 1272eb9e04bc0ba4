import type { CrateFact } from "../model/crate.ts";
import type { Host } from "../model/host.ts";
import type { PatchedCrate, Repair } from "../model/profile.ts";
import { factsAbout, patchesOf, repairOf } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { hostsFor, onArchs } from "./hosts.ts";
import type { Match, Extent } from "./match.ts";
import type { HostsOf, RepairRef } from "./schema.ts";

interface Answer {
  readonly effect: "closes" | "demotes";
  readonly by: string;
  readonly how: string;
  /** Absent: everywhere. */
  readonly hosts?: readonly Host[];
}

/**
 * Where a match does harm once the profile's repairs and what is known about the crate are taken off; what is left
 * empty by them is closed or demoted, and says by what.
 */
export function extentOf(options: {
  match: Match;
  rule: { id: string; repairs: readonly RepairRef[] };
  source: HostsOf;
  ground: Ground;
}): Extent {
  const { match, rule, source, ground } = options;
  const before = new Set<Host>();
  const after = new Set<Host>();
  const answers: Answer[] = [];
  const general = [...patches(match, rule.id, ground), ...knownAbout(match, rule.id, ground)];
  for (const name of match.names) {
    const hosts = onArchs(
      hostsFor({ source, name, knowledge: ground.knowledge, fact: match.fact }),
      match.site.archs,
    );
    const found = [...tableAnswers({ name, repairs: rule.repairs, ground }), ...general];
    answers.push(...found);
    for (const host of hosts) {
      if (!ground.hosts.includes(host)) continue;
      before.add(host);
      if (!found.some((answer) => answer.hosts === undefined || answer.hosts.includes(host)))
        after.add(host);
    }
  }
  if (after.size > 0 || before.size === 0) return { hosts: [...after] };
  return { hosts: [...before], ...answerOf(answers) };
}

// NOTE: closed only when every part is: one name that is merely demoted keeps the result in sight.
function answerOf(answers: readonly Answer[]): Pick<Extent, "closed" | "demoted"> {
  const weak = answers.find((answer) => answer.effect === "demotes");
  if (weak !== undefined) return { demoted: { by: weak.by, how: weak.how } };
  const first = answers[0];
  return first === undefined ? {} : { closed: { by: first.by, how: first.how } };
}

function tableAnswers(options: {
  name: string;
  repairs: readonly RepairRef[];
  ground: Ground;
}): Answer[] {
  const { name, repairs, ground } = options;
  return repairs.flatMap((ref) => {
    const repair = repairOf({ profile: ground.profile, table: ref.table, key: ref.key ?? name });
    return repair === undefined
      ? []
      : [answer({ repair, by: ground.profile.id, whole: ref.whole === true })];
  });
}

function answer(options: { repair: Repair | PatchedCrate; by: string; whole: boolean }): Answer {
  const { repair, by, whole } = options;
  const hosts = whole ? undefined : repair.hosts;
  return { effect: repair.effect, by, how: repair.how, ...(hosts === undefined ? {} : { hosts }) };
}

function patches(match: Match, rule: string, ground: Ground): Answer[] {
  return (
    patchesOf(ground, match.site.package)
      // NOTE: what is known about a crate says itself under which profiles it holds.
      .filter((patch) => match.fact === undefined || patch.rules !== undefined)
      .filter((patch) => speaksOf(patch, match, rule))
      .map((patch) => answer({ repair: patch, by: ground.profile.id, whole: false }))
  );
}

function knownAbout(match: Match, rule: string, ground: Ground): Answer[] {
  if (match.fact !== undefined) return [];
  const name = ground.packages.get(match.site.package)?.name ?? "";
  return factsAbout(ground, match.site.package)
    .filter((fact) => fact.kind !== "hazard" && speaksOf(fact, match, rule))
    .map((fact) => factAnswer(fact, name));
}

function factAnswer(fact: CrateFact, name: string): Answer {
  const { id, summary, hosts } = fact;
  return {
    effect: "demotes",
    by: `${name}: ${id}`,
    how: summary,
    ...(hosts.length === 0 ? {} : { hosts }),
  };
}

function speaksOf(
  about: { rules?: readonly string[]; symbols?: readonly string[] },
  match: Match,
  rule: string,
): boolean {
  if (about.rules !== undefined && !about.rules.includes(rule)) return false;
  return (
    about.symbols === undefined ||
    match.names.every((name) => about.symbols?.includes(name) === true)
  );
}
