import type { PackageReport } from "../../model/result.ts";
import { rootsOf } from "../summary.ts";
import { byText } from "../../util/sorted.ts";
import { pathStep } from "../paths.ts";
import { count } from "../plain.ts";
import { crateKey } from "../../util/crate-key.ts";
import { isFine } from "./crates.ts";
import { packageMark } from "./marks.ts";
import { between, markup } from "./markup.ts";
import type { Html } from "./markup.ts";
import { openCount } from "./page.ts";
import type { Page } from "./page.ts";

/** A crate where one shortest way from a root leads to it. */
interface Node {
  readonly package: PackageReport;
  readonly children: Node[];
}

interface Forest {
  readonly roots: readonly Node[];
  /** Who asks for a crate, by its key. */
  readonly dependants: ReadonlyMap<string, readonly PackageReport[]>;
}

/** Deeper ones are no way that cargo made. */
const DEEPEST = 200;

function stepKey(step: string | undefined): string {
  const { name, version = "" } = pathStep(step ?? "");
  return crateKey({ name, version });
}

function forestOf({ report }: Page): Forest {
  const nodes = new Map(
    report.packages.map((one) => [crateKey(one), { package: one, children: [] as Node[] }]),
  );
  const tops = new Set(rootsOf(report).map(crateKey));
  const roots: Node[] = [];
  for (const [key, node] of nodes) {
    const parent = nodes.get(stepKey(node.package.path.at(-2)));
    if (tops.has(key) || parent === undefined || node.package.path.length > DEEPEST)
      roots.push(node);
    else if (parent.package.path.length < node.package.path.length) parent.children.push(node);
    else roots.push(node);
  }
  const dependants = new Map<string, PackageReport[]>();
  for (const one of report.packages) {
    for (const step of one.dependencies ?? []) {
      const key = stepKey(step);
      dependants.set(key, [...(dependants.get(key) ?? []), one]);
    }
  }
  return { roots, dependants };
}

function hasTrouble(node: Node): boolean {
  return !isFine(node.package) || node.children.some(hasTrouble);
}

function allBelow(nodes: readonly Node[]): PackageReport[] {
  return nodes.flatMap((node) => [node.package, ...allBelow(node.children)]);
}

const NAMED = 5;

/** What else is to be said of a crate: the way to its results, and who asks for it besides the one above it. */
function besides(page: Page, forest: Forest, one: PackageReport): Html | undefined {
  const crate = page.byKey.get(crateKey(one));
  const open = openCount(crate);
  const parent = stepKey(one.path.at(-2));
  const others = (forest.dependants.get(crateKey(one)) ?? []).filter(
    (each) => crateKey(each) !== parent,
  );
  const names = others.slice(0, NAMED).map(({ name }) => markup`${name}`);
  const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : "";
  const parts = [
    open > 0 && crate !== undefined
      ? markup`<a href="#${crate.id}">${count(open, "open result")}<span class="sr"> in ${one.name}</span></a>`
      : undefined,
    others.length > 0 && !isFine(one)
      ? markup`also needed by ${between(names, ", ")}${more}`
      : undefined,
  ].filter((each) => each !== undefined);
  return parts.length === 0 ? undefined : markup`<p class="also">${between(parts, " · ")}</p>`;
}

function fine(nodes: readonly Node[]): Html | undefined {
  if (nodes.length === 0) return undefined;
  const crates = allBelow(nodes).toSorted((a, b) => byText(crateKey(a), crateKey(b)));
  const names = crates.map(
    ({ name, version }) =>
      markup`<span class="c">${name} <span class="version">${version}</span></span>`,
  );
  return markup`<li class="fine">
    <details>
      <summary>
        ${count(crates.length, "crate")} to take as ${crates.length === 1 ? "it is" : "they are"}
      </summary>
      <p>${between(names, ", ")}</p>
    </details>
  </li>`;
}

function name({ package: one }: Node): Html {
  return markup`${packageMark(one.verdict)} <b>${one.name}</b> <span class="version">${one.version}</span>`;
}

function branch(page: Page, forest: Forest, node: Node): Html {
  const heavy = node.children.filter(hasTrouble);
  const light = node.children.filter((each) => !hasTrouble(each));
  const more = besides(page, forest, node.package);
  if (node.children.length === 0) return markup`<li class="leaf">${name(node)}${more}</li>`;
  const open = (heavy.length > 0 || !isFine(node.package)) && markup` open`;
  return markup`<li><details${open}><summary>${name(node)}</summary>${more}
    <ul>${heavy.map((each) => branch(page, forest, each))}${fine(light)}</ul></details></li>
  `;
}

/** Who brings whom: every crate once, under the one that brings it in on a shortest way; open where trouble is. */
export function treeSection(page: Page): Html {
  const forest = forestOf(page);
  if (page.report.packages.length < 2) return markup``;
  const heavy = forest.roots.filter(
    (node) => hasTrouble(node) || node.children.length > 0 || node.package.own,
  );
  const light = forest.roots.filter((node) => !heavy.includes(node));
  return markup`<section id="tree" aria-labelledby="h-tree">
    <h2 id="h-tree">Who brings them in</h2>
    <ul class="tree">
      ${heavy.map((node) => branch(page, forest, node))}${fine(light)}
    </ul>
  </section> `;
}
