import { HOSTS } from "../../model/host.ts";
import type { Host } from "../../model/host.ts";
import type { MatrixRow } from "../../model/result.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { symbolList } from "../findings.ts";
import { count } from "../plain.ts";
import { isPrint, LEFT_OUT } from "../summary.ts";
import type { Group } from "./groups.ts";
import { hostClass, hostMark } from "./marks.ts";
import { Html, markup, sentence } from "./markup.ts";
import type { Page } from "./page.ts";

/** Reasons that are told at once; the others on request. */
const SHOWN = 4;

const SYSTEMS: Readonly<Record<string, string>> = {
  linux: "Linux",
  macos: "macOS",
  windows: "Windows",
  freebsd: "FreeBSD",
  openbsd: "OpenBSD",
  netbsd: "NetBSD",
};

/** System and machine as headings have them: `["macOS", "arm64"]`. */
export function hostName(host: Host): readonly [system: string, machine: string] {
  const [system = "", machine = ""] = host.split("-");
  return [SYSTEMS[system] ?? system, machine];
}

function ordered(rows: readonly MatrixRow[]): MatrixRow[] {
  return rows.toSorted((a, b) => HOSTS.indexOf(a.host) - HOSTS.indexOf(b.host));
}

/** One sentence: on how many hosts it works. */
export function lead({ report }: Page): string {
  const all = report.matrix.length;
  const works = report.matrix.filter(({ verdict }) => verdict === "works").length;
  if (all === 0) return "No host was judged.";
  if (works === all)
    return `Works on ${all === 1 ? "the host that was judged" : `all ${all} hosts`}.`;
  if (works > 0) return `Works on ${works} of ${all} hosts.`;
  return all === 1
    ? "Does not work on the host that was judged."
    : `Works on none of ${all} hosts as it is.`;
}

/** All hosts at a glance. */
export function hostStrip({ report }: Page): Html {
  const cells = ordered(report.matrix).map(({ host, verdict }) => {
    const [system, machine] = hostName(host);
    return markup`<li class="${hostClass(verdict)}">
      <b>${system} <span>${machine}</span></b
      >${hostMark(verdict)}
    </li>`;
  });
  return markup`<ul class="strip" aria-label="Verdict per host">
    ${cells}
  </ul>`;
}

/** Hosts of one verdict for the same reasons are told together. */
function alike(rows: readonly MatrixRow[]): MatrixRow[][] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.verdict, row.because]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function reasonOf(page: Page, group: Group, fingerprints: readonly string[]): Html {
  const results = fingerprints.map((each) => page.byFingerprint.get(each)!);
  const [first] = results;
  const title = page.rules.get(group.rule)?.title.replace(/[.\s]+$/, "") ?? group.rule;
  const symbols = [...new Set(results.map(({ result }) => result.symbol))];
  const text =
    results.length === 1
      ? sentence(first!.result.message)
      : markup`${title}: <code>${symbolList(symbols)}</code>`;
  const taxa =
    group.taxa.length > 0 ? markup`<span class="taxa">${group.taxa.join(" ")}</span> ` : undefined;
  return markup`<li><a href="#${first!.spot.id}">${group.owner.name}</a> ${taxa}${text}</li>`;
}

/** Reasons of one crate and rule are one. */
function reasons(page: Page, because: readonly string[]): Html[] {
  const groups = new Map<Group, string[]>();
  const lines: (Group | Html)[] = [];
  for (const reason of because) {
    const standing = page.byFingerprint.get(reason);
    if (standing === undefined) {
      lines.push(markup`<li>${isPrint(reason) ? LEFT_OUT : sentence(reason)}</li>`);
      continue;
    }
    const known = groups.get(standing.group);
    if (known) known.push(reason);
    else {
      groups.set(standing.group, [reason]);
      lines.push(standing.group);
    }
  }
  return lines.map((line) =>
    line instanceof Html ? line : reasonOf(page, line, groups.get(line)!),
  );
}

/** What holds whatever the code says, each with its hosts. */
function notesOf(rows: readonly MatrixRow[]): Html[] {
  const notes = new Set(rows.flatMap((row) => row.notes ?? []));
  return [...notes].map((note) => {
    const on = rows.filter((row) => row.notes?.includes(note)).map(({ host }) => host);
    const [system = ""] = hostsText(on).split(" ");
    const named = note.includes(system);
    return markup`<p class="note">${!named && markup`<b>${hostsText(on)}:</b> `}${sentence(note)}</p>`;
  });
}

function block(page: Page, rows: readonly MatrixRow[]): Html {
  const { verdict, because } = rows[0]!;
  const all = reasons(page, because);
  const rest = all.slice(SHOWN);
  const names = hostsText(rows.map(({ host }) => host));
  return markup`<li class="why ${hostClass(verdict)}">
    <h3>${hostMark(verdict)} <span>${names === "every host" ? "Every host" : names}</span></h3>
    <ul>
      ${all.slice(0, SHOWN)}
    </ul>
    ${
      rest.length > 0 &&
      markup`<details>
        <summary>${count(rest.length, "more reason")}</summary>
        <ul>
          ${rest}
        </ul>
      </details>`
    }
    ${notesOf(rows)}
  </li> `;
}

/** What decides each host. */
export function hostSection(page: Page): Html {
  if (page.report.matrix.length === 0) return markup``;
  const blocks = alike(ordered(page.report.matrix)).map((rows) => block(page, rows));
  return markup`<section id="hosts" aria-labelledby="h-hosts">
    <h2 id="h-hosts">What decides each host</h2>
    <ul class="whys">
      ${blocks}
    </ul>
  </section> `;
}
