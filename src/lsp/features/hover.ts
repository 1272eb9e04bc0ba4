import { HoverRequest, MarkupKind, type Hover } from "vscode-languageserver/node";
import { explainSymbol } from "../../kb/explain.ts";
import type { SymbolUses } from "../../model/explain.ts";
import { HOSTS } from "../../model/host.ts";
import type { Site } from "../../model/site.ts";
import { renderExplanation } from "../../report/explain.ts";
import { InputError } from "../../util/errors.ts";
import { hazardText, VERDICT_WORDS } from "../diagnostics/words.ts";
import type { Project } from "../project.ts";
import type { Session } from "../session.ts";
import { dependencyAt, holds, pointedAt, type MeantDependency, type Pointed } from "./place.ts";

/** Columns of a hover's text: wider ones get a scroll bar. */
const WIDTH = 76;
const MAX_CRATES = 6;

/** What is known about a name of libc in the code, and about a dependency in a manifest. */
export function answerHover(session: Session): void {
  session.connection.onRequest(HoverRequest.type, ({ textDocument, position }): Hover | null => {
    const pointed = pointedAt(session, textDocument.uri, position);
    if (pointed === undefined) return null;
    const dependency = dependencyAt(pointed);
    const text =
      dependency === undefined
        ? symbolText(session, pointed)
        : dependencyText(pointed.project, dependency);
    return text === undefined ? null : { contents: { kind: MarkupKind.Markdown, value: text } };
  });
}

function symbolText(session: Session, pointed: Pointed): string | undefined {
  if (!pointed.path.endsWith(".rs")) return undefined;
  const sites = sitesAround(pointed);
  const here = sites.find((site) => site.kind === "libc-use" && isAt(site, pointed));
  const name = here?.name ?? writtenName(pointed);
  if (name === undefined) return undefined;
  const release = pointed.project?.settings?.run.release ?? session.settings.release ?? undefined;
  try {
    const explanation = explainSymbol(name, {
      ...(release === undefined ? {} : { release }),
      ...(pointed.project === undefined ? {} : { uses: usesOf(name, pointed.project) }),
    });
    const text = renderExplanation("text", explanation, { width: WIDTH });
    return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
  } catch (error) {
    if (error instanceof InputError) return undefined; // a name that no table has
    throw error;
  }
}

function sitesAround({ project, path }: Pointed): readonly Site[] {
  const pkg = project?.packageOf(path);
  if (project === undefined || pkg === undefined) return [];
  const file = path.slice(pkg.dir.length + 1).replaceAll("\\", "/");
  return project.sitesOf(pkg.id).filter((site) => site.file === file);
}

function isAt(site: Site, at: Pointed): boolean {
  return holds(site.span, at);
}

/** `libc::NAME` as it is written: for lines that no run has seen, and files without a project. */
function writtenName({ lines, line, column }: Pointed): string | undefined {
  const text = lines[line - 1] ?? "";
  for (const found of text.matchAll(/\blibc::(?<name>\w+)/gu)) {
    const from = found.index + 1;
    if (from <= column && column <= from + found[0].length) return found.groups?.["name"];
  }
  return undefined;
}

function usesOf(name: string, project: Project): SymbolUses[] {
  return project.packages().flatMap((pkg) => {
    const sites = project.sitesOf(pkg.id);
    const count = sites.filter((site) => site.kind === "libc-use" && site.name === name).length;
    return count === 0 ? [] : [{ package: pkg.name, version: pkg.version, count }];
  });
}

function dependencyText(project: Project | undefined, { crate }: MeantDependency): string {
  const behind = project?.crates?.behind(crate);
  const { name, version } = crate.package;
  const rows = HOSTS.flatMap((host) => {
    const [own, all] = [crate.row?.cells[host], behind?.cells.get(host)];
    return all === undefined ? [] : [`| ${host} | ${own ?? "unknown"} | ${all} |`];
  });
  const hazards = behind?.hazards ?? [];
  const more = hazards.length - MAX_CRATES;
  return [
    `**${name} ${version}** ${VERDICT_WORDS[crate.row?.verdict ?? "unknown"]}`,
    "",
    ...(rows.length === 0
      ? []
      : [`| host | ${name} | with all that it brings |`, "| --- | --- | --- |", ...rows, ""]),
    ...hazards.slice(0, MAX_CRATES).map((one) => `- ${hazardText(one, behind!)}`),
    ...(more > 0 ? [`- and ${more} more crates`] : []),
  ].join("\n");
}
