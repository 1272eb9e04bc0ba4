import type { Plan, PlanFork, PlanSite, PlanSwitch, WorkKind } from "../../model/plan.ts";
import { WORK_KINDS } from "../../model/plan.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { count } from "../plain.ts";
import { fallbackSection } from "./fallback.ts";
import { code, say, type PlanLine, type PlanSection } from "./lines.ts";
import { profileSection } from "./profiles.ts";

/** The steps in the order in which they are done; what there is nothing to do about is left out. */
export function sectionsOf(plan: Plan, all: boolean): PlanSection[] {
  return [
    profileSection(plan),
    setupSection(plan),
    switchSection(plan),
    staticSection(plan, all),
    forkSection(plan, all),
    ownSection(plan, all),
    nativeSection(plan),
    shimSection(plan),
    fallbackSection(plan),
  ].filter(({ lines }) => lines.length > 0);
}

function setupSection({ setup, cfgs, rustflags }: Plan): PlanSection {
  const flags = [...cfgs.map((cfg) => `--cfg ${cfg}`), ...rustflags];
  return {
    title: "Toolchain",
    lines: [
      ...setup.flatMap(({ text, run }) => [say(text), ...(run === undefined ? [] : [code(run)])]),
      ...(flags.length === 0
        ? []
        : [say(`Compiler flags: ${flags.map((flag) => `\`${flag}\``).join(" ")}.`)]),
    ],
  };
}

function switchSection({ switches }: Plan): PlanSection {
  return { title: "Features and crates to switch", lines: switches.flatMap(switchLines) };
}

function switchLines(each: PlanSwitch): PlanLine[] {
  const { crate, summary, cost, because, flags, edits, places, kind, idle } = each;
  const name = nameOf({ ...each, name: crate });
  const head = kind === "cfg" ? `${name}, another way: ${summary}` : `${name}: ${summary}`;
  return [
    say(head),
    ...(cost === undefined ? [] : [say(`Cost: ${cost}`, 1)]),
    ...because.slice(0, 1).map((reason) => say(`Because: ${reason}`, 1)),
    ...(idle === undefined
      ? []
      : [
          say(
            `For ${hostsText(idle)} only, which stay lost as long as the program has no implementation for them: there is no need for it until then.`,
            1,
          ),
        ]),
    ...(each.path.length > 2 ? [say(`Way: ${each.path.map(shortened).join(" → ")}`, 1)] : []),
    ...(flags === undefined ? [] : [say(`Gone with: \`${flags.join(" ")}\``, 1)]),
    ...edits.flatMap(({ package: owner, place, from, to }) => [
      say(
        place === undefined
          ? `Add to Cargo.toml of ${owner}:`
          : `${place.file}:${place.line} of ${owner}${from === undefined ? ":" : `, in place of \`${from}\`:`}`,
        1,
      ),
      code(to),
    ]),
    ...places.map(({ file, line }) => say(`and the same condition at ${file}:${line}`, 1)),
  ];
}

/** Build metadata of a version can be long and tells nobody anything. */
function shortened(name: string): string {
  return name.replace(/\+\S*$/u, "");
}

function nameOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return shortened(`${name} ${version}`);
}

const FROM: Readonly<Record<PlanFork["from"], string>> = {
  sdk: "from the profile",
  published: "published fork",
  own: "fork to make",
};

function forkSection({ forks, patch }: Plan, all: boolean): PlanSection {
  const lines = forks.flatMap((fork) => {
    const work = workText(fork);
    const shown = fork.from === "own" || all ? fork.sites : [];
    return [
      say(`${nameOf(fork)}${withText(fork)}: ${FROM[fork.from]}${work === "" ? "" : `; ${work}`}`),
      ...shown.map((site) => say(siteText(site), 1)),
    ];
  });
  const git = forks.some(({ fork }) => fork?.git !== undefined);
  const fits =
    "Cargo takes a patch only where its version fits what the tree asks for; a fork that has fallen behind has to be brought up to it first.";
  return {
    title: "Forks",
    lines: [...lines, ...(patch === "" ? [] : [code(patch)]), ...(git ? [say(fits)] : [])],
  };
}

function workText({ work, places, files, sites }: PlanFork): string {
  if (places === 0) return "";
  const parts = WORK_KINDS.filter((kind) => work[kind] !== undefined).map(
    (kind: WorkKind) => `${work[kind] ?? 0} ${kind}`,
  );
  return `${count(places, "place")} in ${count(files, "file")}: ${parts.join(", ")}${stopText(sites)}`;
}

/** How many places cannot stay as they are. */
function stopText(sites: readonly PlanSite[]): string {
  const stops = sites.filter((site) => site.stops).length;
  if (stops === 0) return "; it compiles as it is";
  if (stops === sites.length) return "; the compiler stops at each";
  return `; the compiler stops at ${stops}`;
}

function withText({ with: features = [] }: PlanFork): string {
  return features.length === 0 ? "" : ` with ${features.join(", ")}`;
}

/** Names of a table that are told before the rest is counted. */
const TOLD = 6;

function siteText({ file, start, symbol, how, entries = [] }: PlanSite): string {
  const others = entries.filter((name) => name !== symbol);
  const more = others.length > TOLD ? ` and ${others.length - TOLD} more` : "";
  const names = [symbol, ...others.slice(0, TOLD)].join(", ");
  return `${file}:${start.line}:${start.column} ${names}${more}: ${how}`;
}

function ownSection({ own }: Plan, all: boolean): PlanSection {
  const most = all ? Number.POSITIVE_INFINITY : 40;
  const lines = own.flatMap(({ package: name, sites }) => [
    say(`${name}: ${count(sites.length, "place")}`),
    ...sites.slice(0, most).map((site) => say(siteText(site), 1)),
    ...(sites.length > most ? [say(`${sites.length - most} more (--all)`, 1)] : []),
  ]);
  return { title: "Your own code", lines };
}

function nativeSection({ native }: Plan): PlanSection {
  return {
    title: "C and assembly that cosmocc has to build",
    lines: native.flatMap(({ crate, version, messages }) => [
      say(nameOf({ name: crate, version })),
      ...messages.map((message) => say(message, 1)),
    ]),
  };
}

const BROUGHT = {
  sdk: "there",
  program: "define it in the program",
  nobody: "nobody brings it",
} as const;

function shimSection({ shims }: Plan): PlanSection {
  return {
    title: "C functions that the link asks for",
    lines: shims.map(({ name, brought, needed, how }) =>
      say(`${name} (${needed === "std" ? "std" : "called here"}): ${BROUGHT[brought]}. ${how}`),
    ),
  };
}

function staticSection({ statics, profile }: Plan, all: boolean): PlanSection {
  const shown = all ? statics : statics.slice(0, 8);
  const more = statics.length - shown.length;
  return {
    title: `Constants that ${profile.id} leaves at Linux's number`,
    lines: [
      ...shown.map(({ name, places, hosts }) =>
        say(`${name}: ${count(places, "place")}, wrong on ${hostsText(hosts)}`),
      ),
      ...(more === 0 ? [] : [say(`${more} more (--all)`)]),
      ...(statics.length === 0
        ? []
        : [
            say(
              "Where they matter: declare them as extern statics in the forked libc too, and change the places below that name them. Until then those compile as they are, and are wrong on these hosts.",
            ),
          ]),
    ],
  };
}
