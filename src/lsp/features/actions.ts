import {
  CodeActionKind,
  CodeActionRequest,
  type CodeAction,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { fixesFor, manifestFixesFor } from "../../fix/index.ts";
import type { FixContext } from "../../fix/plan.ts";
import type { Fix, FixEdit } from "../../model/fix.ts";
import { FIX_ALL } from "../capabilities.ts";
import type { OpenDocument } from "../documents.ts";
import { toDiagnostic, toRange, type Squiggle } from "../diagnostics/squiggle.ts";
import type { Session } from "../session.ts";
import { EXPLAIN } from "./commands.ts";
import { fixContext } from "./fix-context.ts";
import { dependencyAt, isManifest, pointedAt } from "./place.ts";

/** What can be done about what is marked in a range of a file. */
export function answerActions(session: Session): void {
  session.connection.onRequest(
    CodeActionRequest.type,
    async ({ textDocument: { uri }, range, context }) => {
      const document = session.documents.get(uri);
      if (document === undefined || !session.settings.enable) return [];
      const all = session.delivery.squigglesOf(document.path);
      const wanted = wantedKinds(context.only);
      const here = all.filter((each) => touches(toRange(each, session.delivery), range));
      const asked = wanted(CodeActionKind.QuickFix) ? here : [];
      const repairsAll = wanted(FIX_ALL) && context.only !== undefined;
      const isAsked = asked.some(hasRepair) || (repairsAll && all.some(hasRepair));
      const known = isAsked ? await fixContext(session, document) : {};
      // the text may be another by now: then somebody asks again
      if (session.documents.get(uri)?.version !== document.version) return [];
      return [
        ...asked.flatMap((one) => quickFixes(session, document, one, known)),
        ...(repairsAll ? fixAll(session, document, all, known) : []),
      ];
    },
  );
}

/** A kind that is asked for means the kinds below it, too. */
function wantedKinds(only: readonly string[] | undefined): (kind: string) => boolean {
  return (kind) =>
    only === undefined ||
    only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));
}

function touches(a: Diagnostic["range"], b: Diagnostic["range"]): boolean {
  const before = (x: typeof a.start, y: typeof a.start): boolean =>
    x.line < y.line || (x.line === y.line && x.character < y.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function hasRepair({ result }: Squiggle): boolean {
  return (result?.fixes ?? []).length > 0;
}

function quickFixes(
  session: Session,
  document: OpenDocument,
  squiggle: Squiggle,
  known: FixContext,
): CodeAction[] {
  const diagnostics = [toDiagnostic(squiggle, session.delivery)];
  const { result, href } = squiggle;
  if (result === undefined) {
    const page =
      href === undefined ? [] : [explanation(`explain ${squiggle.code}`, href, diagnostics)];
    return [...manifestFixes(session, document, squiggle), ...page];
  }
  const page = href === undefined ? {} : { explain: href };
  return fixesFor(result, document.text, { ...known, ...page }).map((fix) => {
    if (fix.does === "explain") return explanation(fix.title, fix.link ?? "", diagnostics);
    return {
      title: fix.kind === "unsafe" ? `${fix.title} (to be looked at)` : fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      isPreferred: fix.kind === "safe" && fix.does === "repair",
      edit: editOf(session, document, fix.edits, fix.elsewhere),
    };
  });
}

/** What a line of a manifest can do about the crates that it brings: features that are known to help. */
function manifestFixes(session: Session, document: OpenDocument, squiggle: Squiggle): CodeAction[] {
  const { path, uri, text } = document;
  const pointed = pointedAt(session, uri, toRange(squiggle, session.delivery).start);
  const dependency = pointed === undefined ? undefined : dependencyAt(pointed);
  if (dependency === undefined || !isManifest(path)) return [];
  const behind = pointed?.project?.crates?.behind(dependency.crate);
  const found = new Map<string, CodeAction>();
  for (const { results } of behind?.hazards ?? []) {
    // NOTE: a crate that another one brings gets a line of its own, since features add up
    for (const fix of results.flatMap((one) => manifestFixesFor(one, text, { mayAdd: true }))) {
      const edit = editOf(session, document, fix.edits);
      const diagnostics = [toDiagnostic(squiggle, session.delivery)];
      const title = `${fix.title} (to be looked at)`;
      found.set(title, { title, kind: CodeActionKind.QuickFix, diagnostics, edit });
    }
  }
  return [...found.values()];
}

function explanation(title: string, href: string, diagnostics: Diagnostic[]): CodeAction {
  const command = { title, command: EXPLAIN, arguments: [href] };
  return { title, kind: CodeActionKind.QuickFix, diagnostics, command };
}

/** Every safe repair of a file that does not meddle with another, the worst first. */
function fixAll(
  session: Session,
  document: OpenDocument,
  all: readonly Squiggle[],
  known: FixContext,
): CodeAction[] {
  const kept: Fix[] = [];
  for (const { result } of all) {
    const fixes = result === undefined ? [] : fixesFor(result, document.text, known);
    for (const fix of fixes)
      if (fix.kind === "safe" && fix.does === "repair" && !kept.some((one) => overlap(one, fix)))
        kept.push(fix);
  }
  if (kept.length === 0) return [];
  const edits = kept.flatMap((fix) => fix.edits);
  const title = `ape-lint: make ${kept.length === 1 ? "the safe repair" : `all ${kept.length} safe repairs`}`;
  return [{ title, kind: FIX_ALL, edit: editOf(session, document, edits) }];
}

function overlap(a: Fix, b: Fix): boolean {
  const before = (x: FixEdit["start"], y: FixEdit["start"]): boolean =>
    x.line < y.line || (x.line === y.line && x.column < y.column);
  return a.edits.some((one) =>
    b.edits.some((other) => !before(one.end, other.start) && !before(other.end, one.start)),
  );
}

function editOf(
  session: Session,
  { uri, path, version }: OpenDocument,
  edits: readonly FixEdit[],
  elsewhere: Fix["elsewhere"] = [],
): WorkspaceEdit {
  const { delivery, documents } = session;
  const files = [
    { uri, version, edits: textEdits(delivery, path, edits) },
    ...elsewhere.map((one) => ({
      uri: delivery.uriOf(one.file),
      version: documents.at(one.file)?.version ?? null,
      edits: textEdits(delivery, one.file, one.edits),
    })),
  ];
  if (!delivery.client.editsByVersion)
    return { changes: Object.fromEntries(files.map((one) => [one.uri, one.edits])) };
  return {
    documentChanges: files.map((one) => ({
      textDocument: { uri: one.uri, version: one.version },
      edits: one.edits,
    })),
  };
}

function textEdits(
  delivery: Session["delivery"],
  file: string,
  edits: readonly FixEdit[],
): TextEdit[] {
  return edits.map(({ start, end, newText }) => ({
    range: toRange({ file, span: { start, end } }, delivery, "exact"),
    newText,
  }));
}
