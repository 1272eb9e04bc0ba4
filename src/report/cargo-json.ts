import type { Level, RuleInfo } from "../model/rule.ts";
import type { PackageReport, Report } from "../model/result.ts";
import { crateKey } from "../util/crate-key.ts";
import { hostsText } from "../util/hosts-text.ts";
import { anchorsOf } from "./anchor.ts";
import type { Anchor, Anchors } from "./anchor.ts";
import { headline, helpOf, rulesById } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { lineIndex, lineReader } from "./lines.ts";
import type { LineIndex, LineReader } from "./lines.ts";
import type { RenderOptions, Reporter } from "./options.ts";
import { plain, safeJson } from "./plain.ts";
import { joined, relativeTo } from "./paths.ts";
import { openFindings, rootsOf } from "./summary.ts";

const LEVELS: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  note: "note",
};

interface Context {
  readonly report: Report;
  readonly options: RenderOptions;
  readonly anchors: Anchors;
  readonly reader: LineReader;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly index: LineIndex;
}

interface Place {
  readonly owner: PackageReport;
  readonly anchor: Anchor;
  readonly text: string | undefined;
}

/** Own code where it stands; a dependency at the line of Cargo.toml that brings it in. */
function placeOf({ report, options, anchors, reader }: Context, one: Finding): Place {
  const { package: owner, best } = one;
  if (owner.own) {
    return {
      owner,
      anchor: anchors.site(owner, best.file, best.span),
      text: reader.text(owner.name, owner.version, best.file),
    };
  }
  const anchor = anchors.package(owner);
  const files = [...(options.lockfile ? [options.lockfile] : []), ...(options.manifests ?? [])];
  return {
    owner: rootsOf(report)[0] ?? owner,
    anchor,
    text: files.find((file) => file.path === anchor.path)?.text,
  };
}

/** rustc counts columns in characters and offsets in bytes; ours are UTF-16 units. */
function spanOf({ anchor, text }: Place, index: LineIndex): object {
  const { path: file_name, line, from, to } = anchor;
  const known = text === undefined ? undefined : index(text)[line - 1];
  const code = known?.text ?? "";
  const before = (unit: number): string => code.slice(0, unit - 1).replace(/[\ud800-\udbff]$/, "");
  const column = (unit: number): number => (known ? Array.from(before(unit)).length + 1 : unit);
  const byte = (unit: number): number => (known ? known.byte + Buffer.byteLength(before(unit)) : 0);
  const [column_start, column_end] = [column(from), column(to)];
  return {
    file_name,
    byte_start: byte(from),
    byte_end: byte(to),
    line_start: line,
    line_end: line,
    column_start,
    column_end,
    is_primary: true,
    text: [{ text: code, highlight_start: column_start, highlight_end: column_end }],
    label: null,
    suggested_replacement: null,
    suggestion_applicability: null,
    expansion: null,
  };
}

function child(level: "help" | "note", message: string): object {
  return { message, code: null, level, spans: [], children: [], rendered: null };
}

function diagnostic(context: Context, one: Finding, place: Place): object {
  const { rules, index } = context;
  const message = plain(headline(one, rules));
  const help = plain(helpOf(one, rules));
  const hosts = one.hosts.length > 0 ? [child("note", `shows on ${hostsText(one.hosts)}`)] : [];
  const at = `${plain(place.anchor.path, 1000)}:${place.anchor.line}:${place.anchor.from}`;
  const ending = help === "" ? "" : `  = help: ${help}\n`;
  return {
    $message_type: "diagnostic",
    message,
    code: { code: `ape_lint::${one.rule}`, explanation: null },
    level: LEVELS[one.level],
    spans: [spanOf(place, index)],
    children: [...hosts, ...(help === "" ? [] : [child("help", help)])],
    rendered: `${LEVELS[one.level]}[${plain(one.rule, 100)}]: ${message}\n --> ${at}\n${ending}\n`,
  };
}

function compilerMessage(context: Context, one: Finding): object {
  const place = placeOf(context, one);
  const { owner } = place;
  const folder = relativeTo(context.report.root, owner.dir) ?? `${owner.name}-${owner.version}`;
  return {
    reason: "compiler-message",
    package_id: crateKey(owner),
    manifest_path: joined(folder, "Cargo.toml"),
    target: {
      kind: ["lib"],
      crate_types: ["lib"],
      name: owner.name.replaceAll("-", "_"),
      src_path: joined(folder, "src/lib.rs"),
      edition: owner.edition,
      doc: true,
      doctest: true,
      test: true,
    },
    message: diagnostic(context, one, place),
  };
}

/** rustc's message format as cargo writes it, one message a line: for `rust-analyzer.check.overrideCommand` and bacon. */
export const cargoJson: Reporter = (report, options) => {
  // NOTE: rust-analyzer knows no Cargo.lock and drops what stands there; so it stands in Cargo.toml.
  const here: RenderOptions = { ...options, repository: report.root, tracked: () => false };
  const reader = lineReader(options);
  const context: Context = {
    report,
    options,
    reader,
    anchors: anchorsOf(report, here, reader),
    rules: rulesById(options.rules),
    index: lineIndex(),
  };
  const messages = openFindings(report).map((one) => compilerMessage(context, one));
  const success = !messages.some(
    (one) => (one as { message: { level: string } }).message.level === "error",
  );
  return [...messages, { reason: "build-finished", success }]
    .map((line) => `${safeJson(line)}\n`)
    .join("");
};
