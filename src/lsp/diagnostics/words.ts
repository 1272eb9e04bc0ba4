import type { HostVerdict, PackageVerdict, Result } from "../../model/result.ts";
import type { Harm } from "../../model/rule.ts";
import { hostsText } from "../../util/hosts-text.ts";

const HARM_WORDS: Readonly<Record<Harm, string>> = {
  silent: "wrong at run time, without an error",
  aborts: "ends the program",
  fails: "fails at run time",
  build: "does not build",
  degraded: "works less well",
};

/** What an editor shows of a result: what, on which hosts, how sure, what to do. */
export function resultText(result: Result): string {
  const { message, harm, hosts, confidence, active, help, demoted } = result;
  const where = hosts.length === 0 ? "" : ` (${hostsText(hosts)})`;
  const sure = confidence === "high" ? "" : `; confidence ${confidence}`;
  return [
    message,
    `${HARM_WORDS[harm]}${where}${sure}`,
    ...(active === "unknown" ? ["only if a cfg holds that a build script decides"] : []),
    ...(demoted === undefined ? [] : [`weaker: ${demoted.how} (${demoted.by})`]),
    ...(help === undefined || help === "" ? [] : [`fix: ${help}`]),
  ].join("\n");
}

/** What a package's verdict asks for. */
export const VERDICT_WORDS: Readonly<Record<PackageVerdict, string>> = {
  "as is": "works as it is",
  patch: "needs the profile's repairs",
  fork: "has to be forked",
  replace: "has to be replaced",
  blocked: "has no way on some host",
  unknown: "is not known enough",
};

/** From best to worst. */
export const HOST_VERDICTS: readonly HostVerdict[] = [
  "works",
  "works with changes",
  "unknown",
  "degraded",
  "fails",
  "does not build",
];
