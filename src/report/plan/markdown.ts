import type { Plan } from "../../model/plan.ts";
import type { TextStyle } from "../options.ts";
import { markdownText, plain } from "../plain.ts";
import type { PlanLine } from "./lines.ts";
import { sectionsOf } from "./sections.ts";

/** The plan for an issue or a pull request. */
export function planMarkdown(plan: Plan, style: TextStyle): string {
  const { name, version } = plan.program;
  const sections = sectionsOf(plan, style.all === true).flatMap(({ title, lines }, index) => [
    "",
    `### ${index + 1}. ${markdownText(title)}`,
    "",
    ...lines.flatMap(markdownLines),
  ]);
  return [
    `## Plan for ${markdownText(`${name} ${version}`)}`,
    "",
    `cosmocc ${markdownText(plan.release)}, profile \`${plain(plan.profile.id)}\``,
    "",
    "| host | today | afterwards | because |",
    "| --- | --- | --- | --- |",
    ...plan.hosts.map(({ host, now, afterwards, because, notes }) => {
      const reasons = afterwards === "works" ? notes : [...because.slice(0, 2), ...notes];
      return `| ${host} | ${now} | ${afterwards} | ${reasons.map((each) => markdownText(each)).join("; ")} |`;
    }),
    ...sections,
    "",
    ...plan.open.map((line) => markdownText(line)),
    "",
  ].join("\n");
}

function markdownLines(line: PlanLine): string[] {
  if (line.kind === "say") return [`${"  ".repeat(line.depth ?? 0)}- ${markdownText(line.text)}`];
  const body = line.text.split("\n").map((each) => plain(each));
  const fence = "`".repeat(Math.max(3, 1 + longestRun(line.text)));
  return ["", fence, ...body, fence, ""];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
}
