import type { Result } from "../../model/result.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { symbolList } from "../findings.ts";
import { pathStep } from "../paths.ts";
import { count } from "../plain.ts";
import type { Group } from "./groups.ts";
import { between, markup, sentence } from "./markup.ts";
import type { Html } from "./markup.ts";

/** `xh → tokio → mio`. */
export function way(path: readonly string[]): Html {
  return between(
    path.map((step) => markup`${pathStep(step).name}`),
    " → ",
  );
}

/** What is to be said of one result that is not said of its whole group. */
export function notesOf(group: Group, result: Result): Html[] {
  return [...notesOfPlace(group, result), ...notesOfJudgement(group, result)].filter(
    (note) => note !== false,
  );
}

function notesOfPlace(group: Group, result: Result): (Html | false)[] {
  const { message, active, reachable, via = [] } = result;
  const hosts = hostsText(result.hosts);
  return [
    group.messages > 1 && sentence(message),
    hosts !== hostsText(group.hosts) && hosts !== "" && markup`only on ${hosts}`,
    active === "unknown" && markup`only if a cfg holds that a build script decides`,
    reachable === "no" && markup`nothing in this program leads here`,
    via.length > 0 && markup`reached by <span class="via">${way(via)}</span>`,
  ];
}

function notesOfJudgement(group: Group, result: Result): (Html | false)[] {
  const { help, demoted, closed, suppressed, places = 1, uses = 0, entries = [] } = result;
  return [
    places > 1 && markup`stands for ${count(places, "place")}`,
    uses > 0 && markup`the name is used at ${count(uses, "place")}`,
    entries.length > 0 && markup`entries: ${symbolList(entries, 12)}`,
    help !== undefined && help !== group.best.help && markup`fix: ${sentence(help)}`,
    demoted !== undefined && markup`weaker: ${sentence(demoted.how)} (${demoted.by})`,
    closed !== undefined && markup`repaired by ${closed.by}: ${sentence(closed.how)}`,
    suppressed !== undefined &&
      markup`suppressed (${suppressed.kind}): ${sentence(suppressed.reason)}`,
  ];
}
