import type { Plan, PlanHost } from "../../model/plan.ts";
import type { TextStyle } from "../options.ts";
import { count, plain } from "../plain.ts";
import { drawn, penOf } from "../text/style.ts";
import type { Pen } from "../text/style.ts";
import { wrap } from "../width.ts";
import type { PlanLine } from "./lines.ts";
import { sectionsOf } from "./sections.ts";

/** The plan for a terminal. */
export function planText(plan: Plan, style: TextStyle): string {
  const pen = penOf({ text: style });
  const { name, version } = plan.program;
  const head = `Plan for ${name} ${version} ${pen.dot} cosmocc ${plan.release} ${pen.dot} profile ${plan.profile.id}`;
  const sections = sectionsOf(plan, style.all === true).flatMap(({ title, lines }, index) => [
    "",
    pen.bold(`${index + 1}. ${title}`),
    ...lines.flatMap((line) => textLines(pen, line)),
  ]);
  return [
    pen.bold(plain(head)),
    "",
    ...hostLines(pen, plan.hosts),
    ...sections,
    "",
    ...wrap(plain(effort(plan)), pen.width),
    ...plan.open.flatMap((line) => wrap(drawn(pen, plain(line)), pen.width)),
    "",
  ].join("\n");
}

function textLines(pen: Pen, line: PlanLine): string[] {
  if (line.kind === "code")
    return line.text.split("\n").map((each) => `     ${plain(each)}`.trimEnd());
  const depth = line.depth ?? 0;
  const lead = depth === 0 ? "   " : "     ";
  return wrap(drawn(pen, plain(line.text)), pen.width - lead.length - 2).map(
    (part, index) => `${lead}${index === 0 ? "" : "  "}${part}`,
  );
}

/** What holds on hosts today and afterwards; hosts with the same answer for the same reasons share it. */
function hostLines(pen: Pen, hosts: readonly PlanHost[]): string[] {
  const groups = new Map<string, PlanHost[]>();
  for (const each of hosts) {
    const key = JSON.stringify([
      each.now,
      each.afterwards,
      each.afterwards === "works" ? [] : each.because.slice(0, TOLD),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { now, afterwards, because } = first;
    const word = now === afterwards ? now : `${now} today, ${afterwards} afterwards`;
    const names = group.map(({ host }) => host).join(" ");
    const told = afterwards === "works" ? [] : because.slice(0, TOLD);
    return [
      ...wrap(plain(`${names}: ${word}`), pen.width),
      ...told.flatMap((reason) => indented(pen, reason)),
      ...group.flatMap(({ notes }) => notes).flatMap((note) => indented(pen, note)),
    ];
  });
}

const TOLD = 2;

function indented(pen: Pen, text: string): string[] {
  return wrap(drawn(pen, plain(text, 400)), pen.width - 4).map((part) => `    ${part}`);
}

function effort({ counts, forks }: Plan): string {
  const { switches, places, files, ownPlaces } = counts;
  const made = forks.filter(({ from }) => from === "own").length;
  const parts = [
    count(switches, "switch", "switches"),
    `${count(forks.length - made, "fork")} to take`,
    made === 0 ? "" : `${made} to make (${count(places, "place")} in ${count(files, "file")})`,
    `${count(ownPlaces, "place")} in your own code`,
  ];
  return `In all: ${parts.filter((part) => part !== "").join(", ")}.`;
}
