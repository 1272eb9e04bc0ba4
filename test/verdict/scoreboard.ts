import type { HostVerdict, Report } from "../../src/model/result.ts";

/** The hosts of the published scoreboard, in its order. */
export const SIX = [
  "linux-x64",
  "linux-arm64",
  "freebsd-x64",
  "openbsd-x64",
  "windows-x64",
  "macos-arm64",
] as const;

/** A report's verdicts for those hosts. */
export function scoreboardRow({ matrix }: Report): HostVerdict[] {
  const verdicts = new Map(matrix.map(({ host, verdict }) => [host, verdict]));
  return SIX.map((host) => verdicts.get(host) ?? "unknown");
}

/** A row that has the same verdict everywhere. */
export function everywhere(verdict: HostVerdict): HostVerdict[] {
  return SIX.map(() => verdict);
}
