import type { Level } from "../model/rule.ts";
import { hostsText } from "../util/hosts-text.ts";
import { anchorsOf } from "./anchor.ts";
import type { Anchor } from "./anchor.ts";
import { headline, helpOf, rulesById } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { lineReader } from "./lines.ts";
import type { RenderOptions, Reporter } from "./options.ts";
import { commandData, commandProperty, count, plain } from "./plain.ts";
import { openFindings } from "./summary.ts";

/** GitHub shows ten of each kind for a step and drops the rest without a word. */
const LIMIT = 10;

const COMMANDS: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  note: "notice",
};

interface Annotation {
  readonly finding: Finding;
  readonly anchor: Anchor;
}

function command(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${commandProperty(String(value))}`,
  );
  return `::${COMMANDS[level]} ${list.join(",")}::${commandData(text)}`;
}

function annotation({ finding: one, anchor }: Annotation, options: RenderOptions): string {
  const rules = rulesById(options.rules);
  const { path, line, from, to } = anchor;
  const sentences = [
    headline(one, rules),
    one.hosts.length > 0 ? `Hosts: ${hostsText(one.hosts)}` : "",
    helpOf(one, rules),
  ].filter((text) => text !== "");
  const text = `${sentences.map((sentence) => plain(sentence).replace(/[.\s]+$/, "")).join(". ")}.`;
  const title = plain(["ape-lint", one.rule, ...one.taxa].join(" "), 200);
  // NOTE here the end column is the last one that is marked.
  const place = {
    file: plain(path, 1000),
    line,
    endLine: line,
    col: from,
    endColumn: Math.max(from, to - 1),
  };
  return command(one.level, { ...place, title }, text);
}

function kept(
  all: readonly Annotation[],
  limit: number,
  options: RenderOptions,
): readonly Annotation[] {
  const isInDiff = ({ anchor }: Annotation): boolean =>
    options.inDiff?.(anchor.path, anchor.line) ?? false;
  return [...all.filter(isInDiff), ...all.filter((one) => !isInDiff(one))].slice(0, limit);
}

/** Workflow commands that GitHub shows as annotations: the worst ten of each kind, those in the diff first. */
export const github: Reporter = (report, options) => {
  const anchors = anchorsOf(report, options, lineReader(options));
  const all = openFindings(report).map((finding) => {
    const { package: owner, best } = finding;
    const anchor = owner.own ? anchors.site(owner, best.file, best.span) : anchors.package(owner);
    return { finding, anchor };
  });
  const of = (level: Level): Annotation[] => all.filter(({ finding }) => finding.level === level);
  const strong = [...kept(of("error"), LIMIT, options), ...kept(of("warning"), LIMIT, options)];
  const fits = strong.length + Math.min(LIMIT, of("note").length) === all.length;
  const shown = [...strong, ...kept(of("note"), fits ? LIMIT : LIMIT - 1, options)];
  const lines = shown.map((one) => annotation(one, options));
  const rest = all.length - shown.length;
  if (rest > 0)
    lines.push(
      command(
        "note",
        { title: "ape-lint" },
        `${count(rest, "more finding")} in the job's summary.`,
      ),
    );
  return lines.map((line) => `${line}\n`).join("");
};
