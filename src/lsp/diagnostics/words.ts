import type { Host } from "../../model/host.ts";
import { WORST_FIRST } from "../../model/result.ts";
import type { HostVerdict, PackageVerdict, Result } from "../../model/result.ts";
import { HARM_WORDS } from "../../model/rule.ts";
import { hostsText } from "../../util/hosts-text.ts";
import type { Behind, CrateNews } from "../crates.ts";

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

/** A crate behind a dependency: its verdict, what is seen in it, and the way to it. */
export function hazardText(one: CrateNews, behind: Behind): string {
  const { package: pkg, results, row } = one;
  const rules = [...new Set(results.map(({ rule }) => rule))].slice(0, 3).join(", ");
  const way = wayText(one, behind);
  return `${pkg.name} ${pkg.version} (${row?.verdict ?? "unknown"}): ${rules}${way === "" ? "" : `; ${way}`}`;
}

/** `tokio → mio`; empty for the dependency itself. */
export function wayText(one: CrateNews, { ways }: Behind): string {
  const way = ways.get(one.package.id) ?? [];
  return way.length < 2 ? "" : way.map((id) => id.split("@")[0]).join(" → ");
}

/** `works on Linux; fails on Windows`: hosts by verdict, best first. */
export function cellsText(cells: ReadonlyMap<Host, HostVerdict>): string {
  const parts = WORST_FIRST.toReversed().flatMap((verdict) => {
    const hosts = [...cells].filter(([, cell]) => cell === verdict).map(([host]) => host);
    return hosts.length === 0 ? [] : [`${verdict} on ${hostsText(hosts)}`];
  });
  return parts.join("; ");
}
