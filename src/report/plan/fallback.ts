import type { FallbackTarget, Plan } from "../../model/plan.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { code, say, type PlanLine, type PlanSection } from "./lines.ts";

/** Hosts that stay lost: what to build for them instead. */
export function fallbackSection({ fallback, hosts }: Plan): PlanSection {
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
