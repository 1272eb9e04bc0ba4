import type { Host } from "../../model/host.ts";
import type { Plan, ProfileChoice } from "../../model/plan.ts";
import type { HostVerdict } from "../../model/result.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { count } from "../plain.ts";
import { say, type PlanSection } from "./lines.ts";

/** The chosen profile beside the others. */
export function profileSection({ profiles, profile, recommended }: Plan): PlanSection {
  const best = profiles.find(({ id }) => id === recommended);
  const limits = profile.limits.map((limit) => say(limit, 1));
  const advice =
    best === undefined || recommended === profile.id
      ? []
      : [say(`${recommended} would reach more, or ask for less: run the plan again with it.`)];
  return {
    title: "Profile",
    lines: [
      ...profiles.map((choice) => say(choiceText(choice))),
      ...advice,
      ...(limits.length === 0 ? [] : [say(`What ${profile.id} itself says does not work:`)]),
      ...limits,
    ],
  };
}

/** What a program of some use has. */
const USABLE = new Set<HostVerdict>(["works", "works with changes", "degraded"]);

/** What a profile would mean; hosts that nobody tried its SDK on are told apart from those that fail. */
function choiceText({
  id,
  chosen,
  hosts,
  tried,
  forks,
  switches,
  places,
  ownPlaces,
}: ProfileChoice): string {
  const works = hostsWith(hosts, (verdict) => USABLE.has(verdict));
  const rest = hostsWith(hosts, (verdict) => !USABLE.has(verdict));
  const untried = tried.length === 0 ? [] : rest.filter((host) => !tried.includes(host));
  const lost = rest.filter((host) => !untried.includes(host));
  const { sdk, published, own } = forks;
  const parts = [
    works.length === 0 ? "works nowhere" : `works on ${hostsText(works)}`,
    lost.length === 0 || works.length === 0 ? "" : `not on ${hostsText(lost)}`,
    untried.length === 0 || works.length === 0 ? "" : `not tried on ${hostsText(untried)}`,
    `${count(sdk + published, "fork")} to take`,
    own === 0 ? "" : `${own} to make (${count(places, "place")})`,
    switches === 0 ? "" : `${count(switches, "crate")} to switch`,
    ownPlaces === 0 ? "" : `${count(ownPlaces, "place")} in your code`,
  ].filter((part) => part !== "");
  return `${id}${chosen ? " (chosen)" : ""}: ${parts.join("; ")}`;
}

function hostsWith(
  hosts: ProfileChoice["hosts"],
  isWanted: (verdict: HostVerdict) => boolean,
): Host[] {
  return (Object.keys(hosts) as Host[]).filter((host) => {
    const verdict = hosts[host];
    return verdict !== undefined && isWanted(verdict);
  });
}
