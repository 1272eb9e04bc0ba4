import { run } from "../../../src/api.ts";
import { loadKnowledge } from "../../../src/kb/load.ts";
import type { Host } from "../../../src/model/host.ts";
import type { HostVerdict, Result } from "../../../src/model/result.ts";
import type { LinkSubject } from "./subjects.ts";

const HOST: Host = "linux-x64";

/** What the report says about linking. */
export interface Prediction {
  readonly verdict: HostVerdict;
  /** Symbols that reached code wants and Cosmopolitan lacks. */
  readonly symbols: readonly string[];
  /** Rules that say "does not build" for another reason than a symbol. */
  readonly others: readonly string[];
  /** Where a symbol is wanted, for the reader of differences. */
  readonly places: Readonly<Record<string, string>>;
}

/** Reads the folder as `check --profile none` does. */
export async function predict(subject: LinkSubject, path: string): Promise<Prediction> {
  const { features, allFeatures, defaultFeatures } = subject;
  const report = await run({
    input: { kind: "path", path },
    profile: "none",
    cargo: { features: [...features], allFeatures, noDefaultFeatures: !defaultFeatures },
  });
  const places: Record<string, string> = {};
  const others = new Set<string>();
  for (const result of report.results) {
    if (!counts(result) || (subject.as === "library" && !isOwn(result, subject.name))) continue;
    const wanted = missingNames(result);
    if (wanted.length === 0) others.add(result.rule);
    for (const symbol of wanted)
      places[symbol] ??= `${result.package.name} ${result.file}:${result.span.start.line}`;
  }
  const verdict = report.matrix.find(({ host }) => host === HOST)?.verdict ?? "unknown";
  return {
    verdict,
    symbols: Object.keys(places).toSorted(),
    others: [...others].toSorted(),
    places,
  };
}

/** What the objects of a library want: what std wants for it is in std's. */
function isOwn({ package: { name }, rule }: Result, library: string): boolean {
  return name === library && !rule.startsWith("std-");
}

function counts({ harm, closed, reachable, hosts }: Result): boolean {
  return harm === "build" && closed === undefined && reachable !== "no" && hosts.includes(HOST);
}

/** The names in a message that knowledge has no symbol for: a rule about std names the call that std makes. */
function missingNames({ symbol, entries, message }: Result): string[] {
  const { functions } = loadKnowledge();
  const quoted = [...message.matchAll(/`([A-Za-z0-9_]+)`/g)].map((match) => match[1] ?? "");
  const names = [symbol, ...(entries ?? []), ...quoted].flatMap((name) => {
    const row = Object.hasOwn(functions, name) ? functions[name] : undefined;
    return row?.status === "missing" ? [row.symbol ?? name] : [];
  });
  return [...new Set(names)];
}
