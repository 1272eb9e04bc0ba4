import { basename, dirname } from "node:path";
import type { Position } from "vscode-languageserver/node";
import type { Span } from "../../model/place.ts";
import type { CrateNews } from "../crates.ts";
import { pathOf } from "../documents.ts";
import { dependencyLines, type DependencyLine } from "../manifest-lines.ts";
import { fromClient } from "../positions.ts";
import type { Project } from "../project.ts";
import type { Session } from "../session.ts";

/** Where the user points, in our own terms. */
export interface Pointed {
  readonly path: string;
  readonly project: Project | undefined;
  readonly lines: readonly string[];
  /** From 1, in UTF-16 units. */
  readonly line: number;
  readonly column: number;
}

/** Undefined for what is no file. */
export function pointedAt(session: Session, uri: string, position: Position): Pointed | undefined {
  const path = pathOf(uri);
  if (path === undefined || !session.settings.enable) return undefined;
  const lines = session.texts.lines(path);
  const text = lines[position.line] ?? "";
  const column = fromClient(text, position.character, session.delivery.client.encoding) + 1;
  return { path, project: session.projects.of(path), lines, line: position.line + 1, column };
}

/** Whether a span of one line holds a place; its end counts too, since a cursor stands between characters. */
export function holds({ start, end }: Span, at: { line: number; column: number }): boolean {
  return start.line === at.line && start.column <= at.column && at.column <= end.column;
}

export function isManifest(path: string): boolean {
  return basename(path) === "Cargo.toml";
}

/** A dependency of a manifest that is part of the program. */
export interface MeantDependency {
  readonly line: DependencyLine;
  readonly crate: CrateNews;
}

/** The dependencies of a manifest that are part of the program. */
export function dependenciesIn(
  project: Project,
  path: string,
  lines: readonly string[],
): MeantDependency[] {
  const { crates } = project;
  if (crates === undefined) return [];
  const member = project.packages().find(({ dir }) => dir === dirname(path));
  return dependencyLines(lines).flatMap((line) => {
    const crate = line.kind === "dev" ? undefined : crates.meantBy(line, member);
    return crate === undefined ? [] : [{ line, crate }];
  });
}

/** The dependency on whose line the user points. */
export function dependencyAt(pointed: Pointed): MeantDependency | undefined {
  const { project, path, lines, line } = pointed;
  if (project === undefined || !isManifest(path)) return undefined;
  return dependenciesIn(project, path, lines).find((one) => one.line.span.start.line === line);
}
