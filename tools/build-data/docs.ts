import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { knownReleases, loadKnowledge } from "../../src/kb/load.ts";
import { loadCrates } from "../../src/kb/crates.ts";
import { knownProfiles, loadProfile } from "../../src/kb/profiles.ts";
import { DATA_DIR } from "../../src/kb/data-dir.ts";
import { HOSTS, archOf, type Host } from "../../src/model/host.ts";
import type { ConstantRow, FunctionRow, Knowledge, StructRow } from "../../src/model/knowledge.ts";

/** Where the page stands. */
export const KNOWLEDGE_PAGE = fileURLToPath(new URL("../../docs/knowledge.md", import.meta.url));

const HEAD = `# What ape-lint knows, in numbers

<!-- Written by \`npx tsx tools/build-data/docs.ts\`. Do not edit: a test compares it with the data. -->

The tables of \`data/cosmocc/<release>/\` are generated from Cosmopolitan's own sources and from one version of the libc
crate, for musl on x86_64 and aarch64. \`provenance.json\` beside them names the commit, and file and lines per group.

    npx tsx tools/build-data/main.ts --cosmopolitan DIR --tag T --libc-crate DIR --out data/cosmocc/RELEASE

\`DIR\` is a git checkout (or bare copy) of jart/cosmopolitan and an unpacked libc crate. It needs gcc for both
architectures (Debian: \`gcc\`, \`gcc-aarch64-linux-gnu\`) and cargo with both musl targets; nothing of the target is run.
Running it again gives the same bytes.

How each is found:

- **Constants.** Cosmopolitan side: \`libc/sysv/consts.sh\`, a table with a column per host, and the numbers that its headers
  fix, as gcc evaluates them. libc crate's side: rustdoc's evaluated constants. The table has no word for "not on this host":
  what a zero, a minus one or a 127 means differs by group, and \`tools/build-data/sentinels.ts\` says how each is read.
- **Valid but different.** \`means\` holds, per host, the name that Linux's number stands for there, among the names that can
  stand in the same argument (\`tools/build-data/namespaces.ts\`).
- **Functions.** Defined or not: every C and assembly file that goes into libcosmo.a is preprocessed for both architectures
  and searched for definitions and aliases. The symbol behind a Rust name is read from the compiler's own intermediate code.
  Hosts where a call only fails: the C files are compiled for one host at a time, so that the compiler drops the other
  hosts' branches, and what is left is followed down to \`libc/sysv/syscalls.sh\`. Contract: the C signature against Rust's.
- **Structs.** \`sizeof\` and \`offsetof\` in both languages, evaluated by the compilers.
- **unknown** means that Cosmopolitan's sources do not say. It is never shown as fine.
`;

/** The whole page, from the data as it is. */
export function knowledgePage(): string {
  const releases = knownReleases().map((release) => loadKnowledge(release));
  return [
    HEAD,
    "## Releases",
    "",
    table(
      ["release", "tag", "commit", "libc crate"],
      releases.map(({ release }) => origin(release)),
    ),
    "",
    "## Constants by class",
    "",
    byClass(releases, ["same", "differs", "absent", "unknown"], (kb) =>
      Object.values(kb.constants).map((row) => row.class),
    ),
    "",
    perHost(releases),
    "",
    "## Functions by status",
    "",
    byClass(releases, ["ok", "missing", "other-contract", "unknown"], (kb) =>
      Object.values(kb.functions).map((row: FunctionRow) => row.status),
    ),
    "",
    failing(releases),
    "",
    "## Structs by class",
    "",
    ...(["x86_64", "aarch64"] as const).flatMap((arch) => [
      `On ${arch}:`,
      "",
      byClass(
        releases,
        ["same", "layout differs", "cosmo larger", "cosmo smaller", "unknown"],
        (kb) => Object.values(kb.structs).map((row: StructRow) => row[arch].class),
      ),
      "",
    ]),
    "## System calls",
    "",
    table(
      ["release", "rows", "known to Cosmopolitan", "answered by syscall()"],
      releases.map(syscalls),
    ),
    "",
    "## Profiles and known crates",
    "",
    table(
      ["profile", "constants", "functions", "structs", "std", "crates"],
      knownProfiles().map(profileRow),
    ),
    "",
    `${loadCrates().length} crates with ${loadCrates().reduce((sum, crate) => sum + crate.facts.length, 0)} facts in \`data/crates/\`.`,
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function origin(release: string): string[] {
  const text = readFileSync(`${DATA_DIR}cosmocc/${release}/provenance.json`, "utf8");
  const { tag, commit, libcCrate } = JSON.parse(text) as Record<string, string>;
  return [release, tag ?? "", (commit ?? "").slice(0, 12), libcCrate ?? ""];
}

function byClass(
  releases: readonly Knowledge[],
  classes: readonly string[],
  of: (kb: Knowledge) => readonly string[],
): string {
  const rows = releases.map((kb) => {
    const all = of(kb);
    return [
      kb.release,
      ...classes.map((name) => all.filter((one) => one === name).length),
      all.length,
    ];
  });
  return table(["release", ...classes, "all"], rows);
}

function perHost(releases: readonly Knowledge[]): string {
  const count = (kb: Knowledge, host: Host): string => {
    const rows = Object.values(kb.constants);
    const other = rows.filter((row) => isOther(row, host)).length;
    const absent = rows.filter((row) => row.hosts[host] === "absent").length;
    const means = rows.filter((row) => row.means?.[host] !== undefined).length;
    return `${other} / ${absent} / ${means}`;
  };
  return [
    "Per host: another number / absent / Linux's number means something else there.",
    "",
    table(
      ["release", ...HOSTS],
      releases.map((kb) => [kb.release, ...HOSTS.map((host) => count(kb, host))]),
    ),
  ].join("\n");
}

function isOther(row: ConstantRow, host: Host): boolean {
  const value = row.hosts[host];
  const libc = row.libc[archOf(host)];
  return typeof value === "number" && libc !== null && value !== libc;
}

function failing(releases: readonly Knowledge[]): string {
  const rows = releases.map((kb) => [
    kb.release,
    ...HOSTS.map(
      (host) =>
        Object.values(kb.functions).filter(
          (row) => row.status !== "missing" && row.unavailable.includes(host),
        ).length,
    ),
  ]);
  return [
    "Per host: functions that link and only fail there.",
    "",
    table(["release", ...HOSTS], rows),
  ].join("\n");
}

function syscalls(kb: Knowledge): (string | number)[] {
  const rows = Object.values(kb.syscalls);
  const known = rows.filter((row) => HOSTS.some((host) => row.hosts[host] !== null)).length;
  return [kb.release, rows.length, known, rows.filter((row) => row.answered === true).length];
}

function profileRow(id: string): (string | number)[] {
  const profile = loadProfile(id);
  const size = (record: object): number => Object.keys(record).length;
  return [
    id,
    size(profile.constants),
    size(profile.functions),
    size(profile.structs),
    size(profile.std),
    profile.crates.length,
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(KNOWLEDGE_PAGE, knowledgePage());
