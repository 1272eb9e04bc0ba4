import type { HostVerdict, PackageVerdict } from "../../model/result.ts";
import { Html, markup } from "./markup.ts";

/** Shapes that differ without their colour. Parts of class `k` are drawn in the colour of the ground. */
const SHAPES = {
  works: '<circle cx="8" cy="8" r="7"/><path class="k" d="m4.6 8.4 2.4 2.3 4.4-5"/>',
  changes: '<path d="M8 .6 15.4 8 8 15.4.6 8Z"/><path class="k" d="M5 8h6M8 5v6"/>',
  degraded: '<path d="M8 1 15.6 15H.4Z"/><path class="k" d="M8 5.6v4.6M8 12v1.4"/>',
  fails: '<circle cx="8" cy="8" r="7"/><path class="k" d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4"/>',
  "no-build": '<rect x="1" y="1" width="14" height="14" rx="2"/><path class="k" d="M4 8h8"/>',
  unknown:
    '<circle class="o" cx="8" cy="8" r="6.2"/><path class="q" d="M6 6.3a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1v.3M8 11v1.3"/>',
} as const;
type Shape = keyof typeof SHAPES;

const HOST_SHAPES: Readonly<Record<HostVerdict, Shape>> = {
  works: "works",
  "works with changes": "changes",
  degraded: "degraded",
  fails: "fails",
  "does not build": "no-build",
  unknown: "unknown",
};

const PACKAGE_SHAPES: Readonly<Record<PackageVerdict, Shape>> = {
  "as is": "works",
  patch: "changes",
  fork: "degraded",
  replace: "fails",
  blocked: "no-build",
  unknown: "unknown",
};

/** The shapes once, for all marks of a page. */
export function shapes(): Html {
  const symbols = Object.entries(SHAPES).map(
    ([name, body]) => `<symbol id="m-${name}" viewBox="0 0 16 16">${body}</symbol>`,
  );
  return new Html(`<svg hidden aria-hidden="true">${symbols.join("")}</svg>`);
}

function mark(shape: Shape): Html {
  return markup`<svg class="mark" aria-hidden="true"><use href="#m-${shape}" /></svg>`;
}

/** Class that gives a host's verdict its colour. */
export function hostClass(verdict: HostVerdict): string {
  return `v-${HOST_SHAPES[verdict]}`;
}

/** Mark and word of a host's verdict. */
export function hostMark(verdict: HostVerdict): Html {
  return markup`<span class="verdict ${hostClass(verdict)}"
    >${mark(HOST_SHAPES[verdict])} ${verdict}</span
  >`;
}

/** The mark alone; the word is there for those who listen. */
export function hostCell(verdict: HostVerdict): Html {
  return markup`<span class="${hostClass(verdict)}" title="${verdict}"
    >${mark(HOST_SHAPES[verdict])}<span class="sr">${verdict}</span></span
  >`;
}

/** Mark and word of a crate's verdict. */
export function packageMark(verdict: PackageVerdict): Html {
  const shape = PACKAGE_SHAPES[verdict];
  return markup`<span class="verdict v-${shape}">${mark(shape)} ${verdict}</span>`;
}

const MEANINGS: readonly (readonly [HostVerdict, string])[] = [
  ["works", "nothing was found that breaks there"],
  ["works with changes", "the compiler names the places; the changes are mechanical"],
  [
    "degraded",
    "a part fails or gets wrong numbers; whether the program takes that path is not shown",
  ],
  ["fails", "the program cannot do its work there"],
  ["does not build", "it does not link, or is refused before"],
  ["unknown", "nobody can tell from what was read"],
];

const WAYS: readonly (readonly [PackageVerdict, string])[] = [
  ["as is", "take it as it is"],
  ["patch", "a few places"],
  ["fork", "many places, or a backend"],
  ["replace", "another crate or feature in its place"],
  ["blocked", "no way is known on some host"],
  ["unknown", "it could not be looked into"],
];

/** What the marks mean. */
export function legend(): Html {
  const hosts = MEANINGS.map(([verdict, text]) => markup`<li>${hostMark(verdict)} ${text}</li>`);
  const crates = WAYS.map(([verdict, text]) => markup`<li>${packageMark(verdict)} ${text}</li>`);
  return markup`<h3>Hosts</h3>
    <ul>
      ${hosts}
    </ul>
    <h3>Crates</h3>
    <ul>
      ${crates}
    </ul>`;
}
