import fc from "fast-check";
import { HOSTS } from "../../src/model/host.ts";
import type { PackageReport, Report, Result } from "../../src/model/result.ts";
import { CONFIDENCES, HARMS, LEVELS } from "../../src/model/rule.ts";
import { CONTEXTS } from "../../src/model/site.ts";

const ROOT = "/w/project";
const RULES = ["runtime-constant", "errno-literal", "assembly-source", "not-described"];

/** Text that a crate may hold: anything, and what is known to make trouble. */
const wild = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "\u001b[31m",
    "\u202e",
    "a|b",
    "`",
    "](x)",
    "{0}",
    "::error::",
    "%0A",
    "<b>",
    "\ud800",
    "#1 @me",
  ),
);
const file = fc
  .array(
    wild.map((text) => text.replaceAll("/", "_")),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join("/"));

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/);
const version = fc.constantFrom("0.1.0", "1.2.3", "2.0.0-rc.1");

function packageArbitrary(own: boolean): fc.Arbitrary<PackageReport> {
  return fc.record({ name, version }).map(({ name, version }) => ({
    name,
    version,
    source: own ? ("path" as const) : ("registry" as const),
    edition: "2021" as const,
    dir: own ? `${ROOT}/crates/${name}` : `/registry/${name}-${version}`,
    path: own ? [`${name}@${version}`] : ["root@0.1.0", "direct@1.0.0", `${name}@${version}`],
    features: [],
    verdict: "fork" as const,
    counts: { error: 0, warning: 0, note: 0 },
    own,
  }));
}

function resultArbitrary(packages: readonly PackageReport[]): fc.Arbitrary<Result> {
  const start = fc.record({
    line: fc.integer({ min: 1, max: 60 }),
    column: fc.integer({ min: 1, max: 200 }),
  });
  const lines = fc.integer({ min: 0, max: 2 });
  const columns = fc.integer({ min: 1, max: 40 });
  return fc
    .record({
      rule: fc.constantFrom(...RULES),
      taxa: fc.subarray(["F-002", "F-003", "F-016", "F-099"]),
      level: fc.constantFrom(...LEVELS),
      confidence: fc.constantFrom(...CONFIDENCES),
      harm: fc.constantFrom(...HARMS),
      message: wild,
      hosts: fc.subarray([...HOSTS]),
      owner: fc.constantFrom(...packages),
      file,
      start,
      lines,
      columns,
      symbol: wild,
      construct: fc.constantFrom(...CONTEXTS),
      active: fc.constantFrom("yes" as const, "unknown" as const),
      reachable: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
      fingerprint: fc.string({
        unit: fc.constantFrom(..."0123456789abcdef"),
        minLength: 8,
        maxLength: 8,
      }),
    })
    .map(({ owner, start, lines, columns, ...rest }) => ({
      ...rest,
      package: { name: owner.name, version: owner.version },
      span: { start, end: { line: start.line + lines, column: start.column + columns } },
    }));
}

/** A report with the given results, as a run would hand it on. */
export function reportOf(packages: readonly PackageReport[], results: readonly Result[]): Report {
  return {
    tool: { name: "ape-lint", version: "0.1.0" },
    release: "4.0.2",
    profile: "none",
    target: "x86_64-unknown-linux-musl",
    hosts: [...HOSTS],
    root: ROOT,
    packages,
    results,
    matrix: HOSTS.map((host) => ({ host, verdict: "unknown", because: [] })),
    notAnalysed: [
      { cause: "macro", message: "a macro", package: packages[0]!.name, file: "src/lib.rs" },
    ],
    stats: { packages: packages.length, files: 1, bytes: 1, milliseconds: { total: 1 } },
  };
}

/** Reports with odd names, places and numbers. */
export const anyReport: fc.Arbitrary<Report> = fc
  .tuple(packageArbitrary(true), packageArbitrary(false), packageArbitrary(false))
  .chain((packages) =>
    fc
      .array(resultArbitrary(packages), { maxLength: 12 })
      .map((results) => reportOf(packages, results)),
  );

/** Source of any kind: line ends mixed, blanks, characters of all widths. */
export const anySource = fc
  .array(fc.oneof(wild, fc.constantFrom("\n", "\r\n", "\r", "\t", "  ", "let a = libc::EAGAIN;")), {
    maxLength: 80,
  })
  .map((parts) => parts.join(""));

const [OWN, DEPENDENCY] = [true, false].map((own): PackageReport => {
  const name = own ? "own" : "dep";
  return {
    name,
    version: "1.0.0",
    source: own ? "path" : "registry",
    edition: "2021",
    dir: own ? ROOT : "/registry/dep-1.0.0",
    path: own ? ["own@1.0.0"] : ["own@1.0.0", "dep@1.0.0"],
    features: [],
    verdict: "fork",
    counts: { error: 0, warning: 0, note: 0 },
    own,
  };
}) as [PackageReport, PackageReport];

/** A report of `count` results in own code, one a line, harms and levels in turn; one dependency besides. */
export function bigReport(count: number): Report {
  const results = Array.from({ length: count }, (_, index): Result => {
    const line = (index % 2500) + 1;
    return {
      rule: RULES[index % 3]!,
      taxa: ["F-002"],
      level: LEVELS[index % 3]!,
      confidence: "high",
      harm: HARMS[index % 5]!,
      message: `result number ${index}`,
      hosts: ["windows-x64"],
      package: { name: "own", version: "1.0.0" },
      file: `src/file ${Math.floor(index / 2500)}.rs`,
      span: { start: { line, column: 5 }, end: { line, column: 9 } },
      symbol: `S${index}`,
      construct: "safe-expr",
      active: "yes",
      reachable: "unknown",
      fingerprint: index.toString(16).padStart(8, "0"),
    };
  });
  return reportOf([OWN, DEPENDENCY], results);
}
