import { HOSTS } from "../../model/host.ts";
import type { Host } from "../../model/host.ts";
import type { PackageReport } from "../../model/result.ts";
import { byText } from "../../util/sorted.ts";
import { count, plain } from "../plain.ts";
import { weightOf } from "../weight.ts";
import { crateKey } from "../../util/crate-key.ts";
import { hostName } from "./hosts.ts";
import { hostCell, legend, packageMark } from "./marks.ts";
import { escaped, Html, markup } from "./markup.ts";
import { openCount } from "./page.ts";
import type { Page } from "./page.ts";

function weight({ cells = {} }: PackageReport): number {
  return weightOf(Object.values(cells));
}

/** Whether a crate has something to tell. */
export function isFine(one: PackageReport): boolean {
  return one.verdict === "as is" && weight(one) === 0;
}

/** A name that may be broken behind its dashes, where a column is narrow. */
function breakable(name: string): Html {
  const parts = plain(name).split(/(?<=[-_])/);
  return new Html(parts.map(escaped).join("<wbr>"));
}

/** Name and version; leads to the crate's results where there are some. */
function crateName(page: Page, one: PackageReport): Html {
  const crate = page.byKey.get(crateKey(one));
  const name = markup`<b>${breakable(one.name)}</b>`;
  const linked = crate === undefined ? name : markup`<a href="#${crate.id}">${name}</a>`;
  return markup`${linked} <span class="version">${one.version}</span>`;
}

function row(page: Page, one: PackageReport, hosts: readonly Host[]): Html {
  const open = openCount(page.byKey.get(crateKey(one)));
  const cells = hosts.map(
    (host) => markup`<td class="cell">${hostCell(one.cells?.[host] ?? "works")}</td>`,
  );
  return markup`<tr>
    <th scope="row">${crateName(page, one)}${one.own && markup` <span class="own">yours</span>`}</th>
    <td class="way">${packageMark(one.verdict)}</td>
    ${cells}
    <td class="n">${open > 0 ? markup`<span class="sr">open results: </span>${open}` : ""}</td>
  </tr> `;
}

function head(host: Host): Html {
  const [system, machine] = hostName(host);
  return markup`<th scope="col">
    <span class="host">${system} <small>${machine}</small></span>
  </th>`;
}

/** Crates against hosts: those with something to tell, the heaviest first. */
export function crateSection(page: Page): Html {
  const { report } = page;
  const told = report.packages
    .filter((one) => one.own || !isFine(one))
    .toSorted((a, b) => weight(b) - weight(a) || byText(crateKey(a), crateKey(b)));
  const rest = report.packages.length - told.length;
  const hosts = HOSTS.filter(
    (host) => report.hosts.includes(host) && told.some(({ cells }) => cells),
  );
  const rows = told.map((one) => row(page, one, hosts));
  const others = `${count(rest, "other crate")} ${rest === 1 ? "needs" : "need"} no change.`;
  if (report.packages.length === 0) return markup``;
  return markup`<section id="crates" aria-labelledby="h-crates">
    <h2 id="h-crates">Crates against hosts</h2>
    ${
      rows.length > 0 &&
      markup`<div class="scroll" role="region" aria-label="Table of crates against hosts" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Crate</th>
              <th scope="col" class="way">To do</th>
              ${hosts.map(head)}
              <th scope="col" class="n">Open</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>`
    }
    ${rest > 0 && markup`<p>${others}</p>`}
    <details class="legend">
      <summary>What the marks mean</summary>
      ${legend()}
    </details>
  </section> `;
}
