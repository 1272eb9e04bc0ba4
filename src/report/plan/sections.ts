import type {
  FallbackTarget,
  Plan,
  PlanFork,
  PlanSite,
  PlanSwitch,
  WorkKind,
} from "../../model/plan.ts";
import { WORK_KINDS } from "../../model/plan.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { count } from "../plain.ts";

/** A line of a section; code is shown as it is, everything else is wrapped. */
export type PlanLine =
  | { readonly kind: "say"; readonly text: string; readonly depth?: number }
  | { readonly kind: "code"; readonly text: string };

/** One step of the work list. */
export interface PlanSection {
  readonly title: string;
  readonly lines: readonly PlanLine[];
}

const say = (text: string, depth = 0): PlanLine => ({ kind: "say", text, depth });
const code = (text: string): PlanLine => ({ kind: "code", text: text.trimEnd() });

/** The steps in the order in which they are done; what there is nothing to do about is left out. */
export function sectionsOf(plan: Plan, all: boolean): PlanSection[] {
  return [
    profileSection(plan),
    setupSection(plan),
    switchSection(plan),
    forkSection(plan, all),
    ownSection(plan, all),
    nativeSection(plan),
    shimSection(plan),
    staticSection(plan, all),
    fallbackSection(plan),
  ].filter(({ lines }) => lines.length > 0);
}

function profileSection({ profiles, profile }: Plan): PlanSection {
  const lines = profiles.flatMap((choice) => {
    const works = hostsWith(choice.hosts, ["works", "works with changes", "degraded"]);
    const lost = hostsWith(choice.hosts, ["fails", "does not build"]);
    const { sdk, published, own } = choice.forks;
    const parts = [
      works.length === 0 ? "works nowhere" : `works on ${hostsText(works)}`,
      lost.length === 0 || works.length === 0 ? "" : `not on ${hostsText(lost)}`,
      `${count(sdk + published, "fork")} to take`,
      own === 0 ? "" : `${own} to make (${count(choice.places, "place")})`,
      choice.switches === 0 ? "" : `${count(choice.switches, "crate")} to switch`,
      choice.ownPlaces === 0 ? "" : `${count(choice.ownPlaces, "place")} in your code`,
    ].filter((part) => part !== "");
    return [say(`${choice.id}${choice.chosen ? " (chosen)" : ""}: ${parts.join("; ")}`)];
  });
  const limits = profile.limits.map((limit) => say(limit, 1));
  return {
    title: "Profile",
    lines: [
      ...lines,
      ...(limits.length === 0
        ? []
        : [say(`What ${profile.id} itself says does not work:`), ...limits]),
    ],
  };
}

function hostsWith(
  hosts: Plan["profiles"][number]["hosts"],
  verdicts: readonly string[],
): Plan["hosts"][number]["host"][] {
  return (Object.keys(hosts) as Plan["hosts"][number]["host"][]).filter((host) =>
    verdicts.includes(hosts[host] ?? ""),
  );
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
  const { crate, summary, cost, because, flags, edits, places, kind } = each;
  const name = nameOf({ ...each, name: crate });
  const head = kind === "cfg" ? `${name}, another way: ${summary}` : `${name}: ${summary}`;
  return [
    say(head),
    ...(cost === undefined ? [] : [say(`Cost: ${cost}`, 1)]),
    ...because.slice(0, 1).map((reason) => say(`Because: ${reason}`, 1)),
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
      say(`${nameOf(fork)}: ${FROM[fork.from]}${work === "" ? "" : `; ${work}`}`),
      ...shown.map((site) => say(siteText(site), 1)),
    ];
  });
  return { title: "Forks", lines: patch === "" ? lines : [...lines, code(patch)] };
}

function workText({ work, places, files }: PlanFork): string {
  if (places === 0) return "";
  const parts = WORK_KINDS.filter((kind) => work[kind] !== undefined).map(
    (kind: WorkKind) => `${work[kind] ?? 0} ${kind}`,
  );
  return `${count(places, "place")} in ${count(files, "file")}: ${parts.join(", ")}`;
}

function siteText({ file, start, symbol, how }: PlanSite): string {
  return `${file}:${start.line}:${start.column} ${symbol}: ${how}`;
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
    ],
  };
}

/** Hosts that stay lost: what to build for them instead. */
function fallbackSection({ fallback, hosts }: Plan): PlanSection {
  const title = "Hosts that stay lost: plain programs beside the APE";
  if (fallback === undefined) return { title, lines: [] };
  const works = hosts.filter(({ afterwards }) => afterwards.startsWith("works"));
  const { lost, targets, without, cargoConfig } = fallback;
  return {
    title,
    lines: [
      say(
        `${hostsText(lost.map(({ host }) => host))} stay lost${works.length === 0 ? "" : `; the APE is for ${hostsText(works.map(({ host }) => host))}`}.`,
      ),
      ...targets.flatMap(targetLines),
      ...(without.length === 0 ? [] : [say(`No target is known for ${without.join(", ")}.`)]),
      ...(cargoConfig === "" ? [] : [say("For .cargo/config.toml:"), code(cargoConfig)]),
      say(
        "A workflow that builds all of it, and which file each host takes: `ape-lint plan --write DIR`.",
      ),
    ],
  };
}

const TOOL = { cargo: "cargo", cross: "cross", vm: "a virtual machine" } as const;

function targetLines({
  triple,
  hosts,
  tool,
  runner,
  linker,
  packages,
  notes,
}: FallbackTarget): PlanLine[] {
  const parts = [
    `with ${TOOL[tool]} on ${runner}`,
    linker === undefined ? "" : `linker ${linker}`,
    packages.length === 0
      ? ""
      : `packages ${packages.map(({ name, why }) => `${name} (${why})`).join(", ")}`,
  ].filter((part) => part !== "");
  return [
    say(`${hosts.join(", ")}: ${triple} ${parts.join("; ")}`),
    ...notes.map((note) => say(note, 1)),
  ];
}
