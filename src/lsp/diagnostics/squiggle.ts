import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from "vscode-languageserver/node";
import type { Span } from "../../model/place.ts";
import type { Result } from "../../model/result.ts";
import type { Level } from "../../model/rule.ts";
import type { Client } from "../client.ts";
import { clientPosition } from "../documents.ts";

/** A place, ours: absolute path, lines and columns from 1. */
export interface FilePlace {
  readonly file: string;
  readonly span: Span;
}

/** What is said at a place, before it is put into a client's words. */
export interface Squiggle extends FilePlace {
  readonly level: Level;
  /** Rule id, or a word of our own for what is no rule's. */
  readonly code: string;
  /** Page about it. */
  readonly href?: string | undefined;
  readonly message: string;
  readonly related: readonly (FilePlace & { readonly message: string })[];
  /** The marked text can go. */
  readonly unnecessary?: boolean;
  /** The result that it is made of; none for what is about manifests and configuration. */
  readonly result?: Result;
}

/** What a diagnostic carries to come back with a code action. */
export interface DiagnosticData {
  readonly rule: string;
  readonly fingerprint?: string;
}

/** What is needed to say a place as the client does. */
export interface Speaker {
  readonly client: Client;
  linesOf(file: string): readonly string[];
  uriOf(file: string): string;
}

export const SOURCE = "ape-lint";

const SEVERITY: Readonly<Record<Level, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};

export function toDiagnostic(squiggle: Squiggle, speaker: Speaker): Diagnostic {
  const { code, href, related, message, level, result } = squiggle;
  const data: DiagnosticData = {
    rule: code,
    ...(result === undefined ? {} : { fingerprint: result.fingerprint }),
  };
  return {
    range: toRange(squiggle, speaker),
    severity: SEVERITY[level],
    source: SOURCE,
    code,
    message,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(squiggle.unnecessary === true ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(speaker.client.showsRelated && related.length > 0
      ? { relatedInformation: related.map((one) => toRelated(one, speaker)) }
      : {}),
    data,
  };
}

/** A place as the client counts; `exact` for edits, `shown` for what is to be seen. */
export function toRange(
  { file, span }: FilePlace,
  speaker: Speaker,
  how: "exact" | "shown" = "shown",
): Diagnostic["range"] {
  const lines = speaker.linesOf(file);
  const { encoding } = speaker.client;
  const start = clientPosition(lines, span.start, encoding);
  const end = how === "exact" ? span.end : endOf(span, lines);
  return { start, end: clientPosition(lines, end, encoding) };
}

/** One character is hard to see and to hit: the word that begins there is marked; for a mere place its line. */
function endOf({ start, end }: Span, lines: readonly string[]): Span["end"] {
  if (end.line !== start.line || end.column - start.column > 1) return end;
  const rest = lines[start.line - 1]?.slice(start.column - 1) ?? "";
  const [word = ""] = /^\w*/u.exec(rest) ?? [];
  const least = end.column > start.column ? word : word || rest.trimEnd();
  return { line: end.line, column: Math.max(end.column, start.column + least.length) };
}

function toRelated(
  place: FilePlace & { readonly message: string },
  speaker: Speaker,
): NonNullable<Diagnostic["relatedInformation"]>[number] {
  const location = { uri: speaker.uriOf(place.file), range: toRange(place, speaker) };
  return { location, message: place.message };
}
