import { HOSTS } from "../model/host.ts";
import type { Host } from "../model/host.ts";
import type { ConstantRow, StructRow } from "../model/knowledge.ts";
import { InputError } from "../util/errors.ts";
import { hostsText, valuesText } from "../util/hosts-text.ts";
import { didYouMean } from "../util/schema-hints.ts";
import { row, switchesOf } from "./ground.ts";
import type { Ground } from "./ground.ts";
import type { Match } from "./match.ts";

interface Filling {
  readonly match: Match;
  readonly hosts: readonly Host[];
  readonly ground: Ground;
}

const PLACEHOLDERS: Readonly<Record<string, (filling: Filling) => string>> = {
  symbol: ({ match }) => match.site.name,
  function: ({ match, ground }) => functionOf(match, ground),
  names: ({ match }) => listText(match.names),
  hosts: ({ hosts }) => hostsText(hosts),
  values: ({ match, ground }) => valuesOf(constantOf(match, ground)),
  compiled: ({ match, ground }) => compiledOf(constantOf(match, ground)),
  means: ({ match, ground }) => meansOf(constantOf(match, ground)),
  group: ({ match, ground }) => constantOf(match, ground)?.group ?? "",
  note: ({ match, ground }) => row(ground.knowledge.functions, match.names[0] ?? "")?.note ?? "",
  layout: ({ match, ground }) => layoutOf(row(ground.knowledge.structs, match.site.name)),
  package: ({ match, ground }) =>
    ground.packages.get(match.site.package)?.name ?? match.site.package,
  version: ({ match, ground }) => ground.packages.get(match.site.package)?.version ?? "",
  file: ({ match }) => match.site.file,
  item: ({ match }) => match.site.item,
  context: ({ match }) => match.site.context,
  fact: ({ match }) => match.fact?.summary ?? "",
  errno: ({ match, ground }) => errnoPath(match, ground),
  feature: ({ match, ground }) => featureThatHelps(match, ground),
  release: ({ ground }) => ground.knowledge.release,
  profile: ({ ground }) => ground.profile.id,
};

/** A text with `{names}` to fill in. */
export type Template = (filling: Filling) => string;

/** Makes a template of a rule's text; an unknown `{name}` is the rule author's mistake. */
export function compileTemplate(options: { text: string; place: string }): Template {
  const parts = options.text.split(/\{([A-Za-z][\w.-]*)\}/u).map((part, index) => {
    return index % 2 === 0 ? () => part : placeholder(part, options.place);
  });
  return (filling) => parts.map((part) => part(filling)).join("");
}

function placeholder(name: string, place: string): Template {
  if (name.startsWith("data.")) {
    const key = name.slice("data.".length);
    return ({ match }) =>
      dataText(match.site.data === undefined ? undefined : row(match.site.data, key));
  }
  const known = Object.hasOwn(PLACEHOLDERS, name) ? PLACEHOLDERS[name] : undefined;
  if (known !== undefined) return known;
  const names = Object.keys(PLACEHOLDERS);
  throw new InputError(`unknown placeholder \`{${name}}\``, {
    place,
    hint: didYouMean(name, names) ?? `known: ${names.join(", ")}, data.<key>`,
  });
}

function dataText(value: string | number | boolean | readonly string[] | undefined): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? listText(value) : String(value);
}

/** The name that the linker looks for, with the name that the code has for it where that is another. */
function functionOf({ site: { name } }: Match, ground: Ground): string {
  const symbol = row(ground.knowledge.functions, name)?.symbol;
  return symbol === undefined || symbol === name ? `\`${name}\`` : `\`${symbol}\` (\`${name}\`)`;
}

const SHOWN = 6;

function listText(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(", ");
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

function constantOf(match: Match, ground: Ground): ConstantRow | undefined {
  return row(ground.knowledge.constants, match.names[0] ?? "");
}

function valuesOf(constant: ConstantRow | undefined): string {
  if (constant === undefined) return "";
  const isKnown = Object.values(constant.hosts).some((value) => typeof value === "number");
  return isKnown ? valuesText(constant.hosts) : "Cosmopolitan has no such name";
}

function compiledOf(constant: ConstantRow | undefined): string {
  if (constant === undefined) return "";
  const { x86_64, aarch64 } = constant.libc;
  if (x86_64 === aarch64) return String(x86_64);
  return `${String(x86_64)} (x86_64) or ${String(aarch64)} (aarch64)`;
}

/** A feature of the crate that is known to help; empty where none is. */
function featureThatHelps({ site }: Match, ground: Ground): string {
  const known = switchesOf(ground, site.package).find(({ kind }) => kind === "feature");
  return known?.feature ?? "";
}

/** The crate that error numbers are constants of. */
const LIBC = "libc";

/** How the package at hand writes the constant of an error number: `libc::EAGAIN`; empty where it cannot. */
function errnoPath(match: Match, ground: Ground): string {
  const { dependencies = [] } = ground.packages.get(match.site.package) ?? {};
  const libc = dependencies.find(
    (edge) => edge.kind === "normal" && ground.packages.get(edge.package)?.name === LIBC,
  );
  const number = Number(match.site.name);
  const names = Object.entries(ground.knowledge.constants)
    .filter(
      ([
        ,
        {
          group,
          libc: { x86_64, aarch64 },
        },
      ]) => group === "errno" && x86_64 === number && aarch64 === number,
    )
    .map(([name]) => name)
    .toSorted();
  return libc === undefined || names[0] === undefined ? "" : `${libc.externName}::${names[0]}`;
}

function meansOf(constant: ConstantRow | undefined): string {
  const byName = new Map<string, Host[]>();
  for (const host of HOSTS) {
    const name = constant?.means?.[host];
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), host]);
  }
  return [...byName].map(([name, hosts]) => `${name} on ${hostsText(hosts)}`).join(", ");
}

function layoutOf(struct: StructRow | undefined): string {
  if (struct === undefined) return "";
  const parts = (["x86_64", "aarch64"] as const)
    .filter((arch) => struct[arch].class !== "same" && struct[arch].class !== "unknown")
    .map((arch) => `${arch}: ${layoutText(struct[arch])}`);
  return parts.join("; ");
}

function layoutText(layout: StructRow["x86_64"]): string {
  if (layout.libc !== layout.cosmo)
    return `${layout.libc ?? "?"} bytes in the libc crate, ${layout.cosmo ?? "?"} in Cosmopolitan`;
  const moved = Object.keys(layout.moved ?? {});
  return moved.length === 0 ? layout.class : `other offsets of ${listText(moved)}`;
}
