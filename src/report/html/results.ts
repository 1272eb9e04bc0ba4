import { hostsText } from "../../util/hosts-text.ts";
import { symbolList } from "../findings.ts";
import { shownPath } from "../paths.ts";
import { count } from "../plain.ts";
import { HARM_WORDS } from "../../model/rule.ts";
import { notesOf, way } from "./notes.ts";
import { codeBlock } from "./code.ts";
import { filterBar } from "./filters.ts";

import type { CrateGroups, Group, Spot, State } from "./groups.ts";
import { packageMark } from "./marks.ts";
import { markup, sentence } from "./markup.ts";
import type { Html } from "./markup.ts";
import { openCount } from "./page.ts";
import type { Page } from "./page.ts";

const STATE_WORDS: Readonly<Record<State, string>> = {
  open: "",
  weakened: "weaker",
  repaired: "repaired by the profile",
  suppressed: "suppressed",
};

function spotItem(page: Page, group: Group, spot: Spot): Html {
  const { owner } = group;
  const lines = page.reader.lines(owner.name, owner.version, spot.file);
  const file = owner.own ? shownPath(page.report, owner, spot.file) : spot.file;
  const { column } = spot.results[0]!.span.start;
  const symbols = [...new Set(spot.results.map(({ symbol }) => symbol))];
  const texts = new Map(
    spot.results.flatMap((result) => notesOf(group, result)).map((note) => [note.text, note]),
  );
  return markup`<li class="spot" id="${spot.id}">
    <p class="where">
      <code>${file}:${spot.line}:${column}</code> <b>${symbolList(symbols, 6)}</b>
    </p>
    ${codeBlock(
      lines,
      spot.line,
      spot.results.map(({ span }) => span),
    )}
    ${
      texts.size > 0 &&
      markup`<ul class="notes">
        ${[...texts.values()].map((note) => markup`<li>${note}</li>`)}
      </ul>`
    }
  </li> `;
}

function link(address: string): Html | undefined {
  if (!/^https:\/\/[^\s"<>]+$/.test(address)) return undefined;
  return markup`<li>
    <a href="${address}" rel="noopener noreferrer">${address.slice("https://".length)}</a>
  </li>`;
}

function about(page: Page, group: Group): Html {
  const rule = page.rules.get(group.rule);
  const help = group.best.help ?? rule?.help ?? "";
  const sure = group.best.confidence === "high" ? "" : `; confidence ${group.best.confidence}`;
  const hosts = group.hosts.length > 0 ? ` (${hostsText(group.hosts)})` : "";
  const taxa = group.taxa.map((id) => {
    const taxon = page.taxonomy.get(id);
    const status = taxon?.status === "reconstructed" ? " (reconstructed)" : "";
    return markup`<li><b>${id}</b> ${taxon?.title}${status}</li>`;
  });
  const links = (rule?.links ?? []).flatMap((each) => link(each) ?? []);
  return markup`<dl>
    <div>
      <dt>Harm</dt>
      <dd>${HARM_WORDS[group.best.harm]}${hosts}${sure}</dd>
    </div>
    ${
      rule !== undefined &&
      markup`<div>
        <dt>Why</dt>
        <dd>${sentence(rule.description)}</dd>
      </div>`
    }
    ${
      help !== "" &&
      markup`<div>
        <dt>Fix</dt>
        <dd>${sentence(help)}</dd>
      </div>`
    }
    ${
      taxa.length > 0 &&
      markup`<div>
        <dt>Seen as</dt>
        <dd>
          <ul>
            ${taxa}
          </ul>
        </dd>
      </div>`
    }
    ${
      links.length > 0 &&
      markup`<div>
        <dt>Read</dt>
        <dd>
          <ul>
            ${links}
          </ul>
        </dd>
      </div>`
    }
  </dl> `;
}

function groupItem(page: Page, group: Group): Html {
  const { best, state } = group;
  const title = page.rules.get(group.rule)?.title.replace(/[.\s]+$/, "") ?? group.rule;
  const text =
    group.messages === 1
      ? sentence(best.message.replace(/[.\s]+$/, ""))
      : markup`${title}: <code class="symbols">${symbolList(group.symbols)}</code>`;
  const level = state === "repaired" || state === "suppressed" ? state : best.level;
  const word =
    state === "open"
      ? best.level
      : state === "weakened"
        ? `${STATE_WORDS[state]} ${best.level}`
        : STATE_WORDS[state];
  return markup`<details class="group" id="${group.id}">
    <summary>
      <h4><span class="level l-${level}">${word}</span> <span class="title">${text}</span></h4>
      <span class="meta"
        ><code>${group.rule}</code
        >${group.taxa.length > 0 && markup` <span class="taxa">${group.taxa.join(" ")}</span>`}
        <span class="places">${count(group.spots.length, "line")}</span></span
      >
    </summary>
    ${about(page, group)}
    <ol class="spots">
      ${group.spots.map((spot) => spotItem(page, group, spot))}
    </ol>
  </details> `;
}

function crateItem(page: Page, crate: CrateGroups): Html {
  const { owner } = crate;
  const open = openCount(crate);
  const features =
    owner.features.length > 0 && markup`<p class="way">features: ${owner.features.join(", ")}</p>`;
  return markup`<section class="crate" id="${crate.id}" aria-labelledby="${crate.id}-h">
    <h3 id="${crate.id}-h">
      ${owner.name} <span class="version">${owner.version}</span> ${packageMark(owner.verdict)}
      <span class="count">${count(open, "open result")}</span>
    </h3>
    ${owner.path.length > 1 && markup`<p class="way">${way(owner.path)}</p>`}${features}
    ${crate.groups.map((group) => groupItem(page, group))}
  </section> `;
}

/** Everything that was found, by crate and rule, with code. */
export function resultSection(page: Page): Html {
  const none = markup`<p>Nothing was found.</p>`;
  return markup`<section id="results" aria-labelledby="h-results">
    <h2 id="h-results">Results</h2>
    ${page.crates.length === 0 ? none : filterBar(page)}
    ${page.crates.map((crate) => crateItem(page, crate))}
  </section> `;
}
