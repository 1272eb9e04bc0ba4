import type { ProfileChoice } from "../model/plan.ts";

/** Id of the best profile: most hosts first, then most where it works in part, then the least to write, then to take. */
export function recommendedOf(profiles: readonly ProfileChoice[]): string {
  const works = ({ hosts }: ProfileChoice): number =>
    Object.values(hosts).filter((verdict) => verdict.startsWith("works")).length;
  const inPart = ({ hosts }: ProfileChoice): number =>
    Object.values(hosts).filter((verdict) => verdict === "degraded").length;
  const places = (each: ProfileChoice): number => each.places + each.ownPlaces;
  const crates = ({ forks, switches }: ProfileChoice): number =>
    forks.own + forks.published + switches;
  const [best] = profiles.toSorted(
    (a, b) =>
      works(b) - works(a) ||
      inPart(b) - inPart(a) ||
      places(a) - places(b) ||
      crates(a) - crates(b),
  );
  return best?.id ?? "";
}
