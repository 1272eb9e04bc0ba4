import {
  CodeLensRequest,
  DefinitionRequest,
  type CodeLens,
  type Location,
} from "vscode-languageserver/node";
import { hazardPlace } from "../diagnostics/manifest.ts";
import { toRange } from "../diagnostics/squiggle.ts";
import { cellsText } from "../diagnostics/words.ts";
import { pathOf } from "../documents.ts";
import type { Session } from "../session.ts";
import { SHOW } from "./commands.ts";
import {
  dependenciesIn,
  dependencyAt,
  isManifest,
  pointedAt,
  type MeantDependency,
} from "./place.ts";

/** Most places that an editor lets choose from. */
const MAX_PLACES = 10;

/** From a dependency's line in a manifest to the hazards in its source, and in that of what it brings. */
export function answerDefinition(session: Session): void {
  session.connection.onRequest(DefinitionRequest.type, ({ textDocument, position }) => {
    const pointed = pointedAt(session, textDocument.uri, position);
    const dependency = pointed === undefined ? undefined : dependencyAt(pointed);
    if (pointed?.project === undefined || dependency === undefined) return null;
    const behind = pointed.project.crates?.behind(dependency.crate);
    return (behind?.hazards ?? []).slice(0, MAX_PLACES).flatMap((one): Location[] => {
      const place = hazardPlace(one);
      if (place === undefined) return [];
      return [{ uri: session.delivery.uriOf(place.file), range: toRange(place, session.delivery) }];
    });
  });
}

/** The verdict above every dependency, where the user asks for it. */
export function answerLenses(session: Session): void {
  session.connection.onRequest(CodeLensRequest.type, ({ textDocument: { uri } }): CodeLens[] => {
    const path = pathOf(uri);
    if (path === undefined || !isManifest(path) || !session.settings.codeLens) return [];
    const project = session.projects.of(path);
    if (project === undefined) return [];
    const lines = session.texts.lines(path);
    return dependenciesIn(project, path, lines).map((one) => {
      const range = toRange({ file: path, span: one.line.span }, session.delivery);
      const behind = project.crates?.behind(one.crate);
      const title = titleOf(one, cellsText(behind?.cells ?? new Map()));
      const place = behind?.hazards.map(hazardPlace).find((each) => each !== undefined);
      if (place === undefined) return { range, command: { title, command: "" } };
      const target = [session.delivery.uriOf(place.file), toRange(place, session.delivery)];
      return { range, command: { title, command: SHOW, arguments: target } };
    });
  });
}

function titleOf({ crate: { package: pkg, row } }: MeantDependency, cells: string): string {
  return `${pkg.name} ${pkg.version}: ${row?.verdict ?? "unknown"}${cells === "" ? "" : `; ${cells}`}`;
}
