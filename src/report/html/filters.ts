import { HOSTS } from "../../model/host.ts";
import { LEVELS } from "../../model/rule.ts";
import { byText } from "../../util/sorted.ts";
import { safeJson } from "../plain.ts";
import { hostName } from "./hosts.ts";
import { hostsOf, STATES } from "./groups.ts";
import { dataBlock, markup } from "./markup.ts";
import type { Html } from "./markup.ts";
import type { Page } from "./page.ts";

const STATE_OPTIONS: Readonly<Record<(typeof STATES)[number], string>> = {
  open: "open",
  weakened: "weaker than its rule says",
  repaired: "repaired by the profile",
  suppressed: "suppressed",
};

const CHOICES = [
  ["host", "Host"],
  ["crate", "Crate"],
  ["rule", "Rule"],
  ["taxon", "Field note"],
  ["state", "State"],
  ["level", "Level"],
] as const;

/** Controls that only the script can answer: it shows them. */
export function filterBar(page: Page): Html {
  const selects = CHOICES.map(
    ([name, label]) => markup`<div>
      <label for="by-${name}">${label}</label>
      <select id="by-${name}" data-by="${name}">
        <option value="">any</option>
      </select>
    </div>`,
  );
  return markup`<div id="filters" role="search" aria-label="Filter the results" hidden>
      <div class="controls">
        ${selects}<div><label for="by-text">Text</label><input id="by-text" type="search" data-by="text" autocomplete="off" spellcheck="false"
        /></div>
      </div>
      <p class="shown">
        <span id="shown" role="status"></span
        ><span class="buttons"
          ><button type="button" id="reset">Show all</button
          ><button type="button" id="unfold">Open all</button
          ><button type="button" id="fold">Close all</button></span
        >
      </p>
    </div>
    <script type="application/json" id="data">
      ${dataBlock(safeJson(dataOf(page)))}
    </script> `;
}

/** One line of code for the script, in the order of the page: indexes into the lists of options. */
type Row = readonly [
  crate: number,
  rule: number,
  taxa: readonly number[],
  state: number,
  level: number,
  hosts: readonly number[],
  results: number,
];

/** What the script filters by: lists of words, and one row per line of code. */
function dataOf(page: Page): Readonly<Record<string, unknown>> {
  const groups = page.crates.flatMap((crate) => crate.groups);
  const rules = [...new Set(groups.map(({ rule }) => rule))].toSorted(byText);
  const taxa = [...new Set(groups.flatMap((group) => group.taxa))].toSorted(byText);
  const hosts = HOSTS.filter((host) => page.report.hosts.includes(host));
  const rows = page.crates.flatMap((crate, at) =>
    crate.groups.flatMap((group) =>
      group.spots.map(({ results }): Row => {
        const here = [...new Set(results.flatMap((each) => each.taxa))].map((id) =>
          taxa.indexOf(id),
        );
        const on = hostsOf(results).map((host) => hosts.indexOf(host));
        const level = LEVELS.indexOf(group.best.level);
        return [
          at,
          rules.indexOf(group.rule),
          here,
          STATES.indexOf(group.state),
          level,
          on,
          results.length,
        ];
      }),
    ),
  );
  return {
    crate: page.crates.map(({ owner }) => `${owner.name} ${owner.version}`),
    rule: rules,
    taxon: taxa.map((id) => `${id} ${page.taxonomy.get(id)?.title ?? ""}`.trim()),
    state: STATES.map((state) => STATE_OPTIONS[state]),
    level: LEVELS,
    host: hosts.map((host) => hostName(host).join(" ")),
    rows,
  };
}
