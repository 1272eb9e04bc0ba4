import type { Level, RuleInfo } from "../../model/rule.ts";
import type { Report } from "../../model/result.ts";
import { hostsText } from "../../util/hosts-text.ts";
import { headline } from "../findings.ts";
import type { Finding } from "../findings.ts";
import { codeFrame } from "../frame.ts";
import type { CodeFrame } from "../frame.ts";
import type { LineReader } from "../lines.ts";
import { pathStep, shownPath } from "../paths.ts";
import { count, plain } from "../plain.ts";
import { wrap } from "../width.ts";
import { HARM_WORDS } from "../../model/rule.ts";
import type { Told } from "./alike.ts";
import { drawn } from "./style.ts";
import type { Pen } from "./style.ts";

/** What every entry of one rendering shares. */
export interface EntryContext {
  readonly report: Report;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly reader: LineReader;
  readonly pen: Pen;
}

function coloured(pen: Pen, level: Level, text: string): string {
  if (level === "error") return pen.red(text);
  return level === "warning" ? pen.yellow(text) : pen.cyan(text);
}

/** `xh → … → tokio → mio`; long paths keep both ends. */
export function pathText(path: readonly string[], pen: Pen): string {
  const names = path.map((step) => plain(pathStep(step).name, 100));
  const shown = names.length > 8 ? [...names.slice(0, 3), pen.more, ...names.slice(-4)] : names;
  return shown.join(` ${pen.arrow} `);
}

function title(context: EntryContext, one: Finding): string[] {
  const { pen } = context;
  const label = `${one.level}[${plain(one.rule, 100)}]`;
  const taxa = one.taxa.length > 0 ? ` ${one.taxa.map((id) => plain(id, 20)).join(" ")}` : "";
  const text = drawn(pen, plain(headline(one, context.rules)));
  const [first = "", ...rest] = wrap(`${label}${taxa}  ${text}`, pen.width - 2);
  const painted = first.startsWith(label)
    ? coloured(pen, one.level, pen.bold(label)) + pen.bold(first.slice(label.length))
    : pen.bold(first);
  return [painted, ...rest.map((line) => pen.bold(`  ${line}`))];
}

function place(context: EntryContext, one: Finding): string {
  const { file, span } = one.best;
  const at = `${plain(file, 500)}:${span.start.line}:${span.start.column}`;
  if (!one.package.own) {
    // NOTE: what follows a `+` tells no versions of a crate apart, and can be a whole hash.
    const version = one.package.version.replace(/\+.*$/u, "");
    return `${plain(one.package.name, 100)} ${plain(version, 60)} ${at}`;
  }
  const path = plain(shownPath(context.report, one.package, file), 500);
  return `${path}:${span.start.line}:${span.start.column}`;
}

function facts(context: EntryContext, one: Finding): string[] {
  const { pen } = context;
  const { best } = one;
  const hosts = one.hosts.length > 0 ? ` (${hostsText(one.hosts)})` : "";
  const sure = one.confidence === "high" ? "" : `; confidence ${one.confidence}`;
  const lines = [`${HARM_WORDS[one.harm]}${hosts}${sure}`];
  if (one.results.length > 1 && !one.package.own) lines.push(plain(best.message));
  if (best.active === "unknown") lines.push("only if a cfg holds that a build script decides");
  if (best.reachable === "no") lines.push("nothing in this program leads here");
  if (best.via && best.via.length > 0) lines.push(`reached by ${pathText(best.via, pen)}`);
  if (best.demoted)
    lines.push(`weaker: ${plain(best.demoted.how)} (${plain(best.demoted.by, 100)})`);
  if (!one.package.own && one.package.path.length > 1) lines.push(pathText(one.package.path, pen));
  return lines;
}

/** How many crates of which the same is to be said are named. */
const NAMED = 6;

function likewise(alike: readonly string[]): string[] {
  if (alike.length === 0) return [];
  const names = alike.slice(0, NAMED).map((name) => plain(name, 100));
  const more = alike.length > NAMED ? ` and ${alike.length - NAMED} more` : "";
  return [`the same in ${names.join(", ")}${more} (--all)`];
}

function closing(context: EntryContext, one: Finding): string[] {
  const help = one.best.help ?? context.rules.get(one.rule)?.help;
  const lines = help === undefined || help === "" ? [] : [`fix: ${plain(help)}`];
  if (one.results.length > 1 && !one.package.own)
    lines.push(`${count(one.results.length - 1, "more place")}: --all`);
  return lines;
}

function gutterLines(pen: Pen, indent: string, marks: string, text: string): string[] {
  const room = pen.width - indent.length - marks.length - 1;
  return wrap(drawn(pen, text), room).map((line, index) => {
    const mark = index === 0 || marks === pen.bar ? marks : " ".repeat(marks.length);
    return `${indent}${pen.blue(mark)} ${line}`;
  });
}

function frameLines(pen: Pen, indent: string, frame: CodeFrame, level: Level): string[] {
  const number = frame.number.padStart(indent.length - 1);
  return [
    `${pen.blue(`${number} ${pen.bar}`)}   ${frame.code}`,
    `${indent}${pen.blue(pen.bar)}   ${coloured(pen, level, frame.marks)}`,
  ];
}

/** One finding as a person reads it: what, where with the code, on which hosts, by which path, what to do. */
export function entry(context: EntryContext, { finding: one, alike }: Told): string[] {
  const { pen, reader } = context;
  const { package: owner, file, span } = one.best;
  const lines = reader.lines(owner.name, owner.version, file);
  const digits = String(span.start.line).length;
  const indent = " ".repeat(lines === undefined ? 2 : digits + 1);
  const frame = lines && codeFrame(lines, span, pen.width - indent.length - 4);
  const ending = closing(context, one);
  const last = ending.pop();
  return [
    ...title(context, one),
    ...gutterLines(pen, indent, pen.corner, place(context, one)),
    ...(frame ? frameLines(pen, indent, frame, one.level) : []),
    ...facts(context, one).flatMap((line) => gutterLines(pen, indent, pen.bar, line)),
    ...likewise(alike).flatMap((line) => gutterLines(pen, indent, pen.bar, line)),
    ...ending.flatMap((line) => gutterLines(pen, indent, pen.bar, line)),
    ...(last === undefined ? [] : gutterLines(pen, indent, pen.foot, last)),
  ];
}
