import type { Host } from "../model/host.ts";
import type { FallbackTarget } from "../model/plan.ts";
import type { Profile } from "../model/profile.ts";

/** What a workflow for GitHub is written from. */
export interface WorkflowParts {
  readonly bin: string;
  readonly apeHosts: readonly Host[];
  readonly targets: readonly FallbackTarget[];
  readonly profile: Profile;
  readonly flags: readonly string[];
  readonly apeFlags: readonly string[];
}

/** A workflow that builds the APE and a plain program per lost host, and lays out which one each host takes. */
export function workflowText(given: WorkflowParts): string {
  const parts = {
    ...given,
    bin: safe(given.bin) ?? "program",
    flags: given.flags.flatMap((flag) => safe(flag) ?? []),
  };
  const hosted = parts.targets.filter(({ tool }) => tool !== "vm");
  const machines = parts.targets.filter(({ tool }) => tool === "vm");
  const jobs = [
    ...(parts.apeHosts.length > 0 && parts.profile.ci !== undefined
      ? [["ape", apeJob(parts)]]
      : []),
    ...(hosted.length > 0 ? [["plain", plainJob(parts, hosted)]] : []),
    ...machines.map((target) => [`plain-${target.hosts[0] ?? ""}`, machineJob(parts, target)]),
  ] as [string, string[]][];
  const names = jobs.map(([name]) => name);
  return [
    "# Written by `ape-lint plan`: one APE where it works, plain programs where it does not.",
    "name: programs",
    "on:",
    "  push:",
    '    tags: ["v*"]',
    "  workflow_dispatch:",
    "permissions:",
    "  contents: read",
    "jobs:",
    ...jobs.flatMap(([name, lines]) => [`  ${name}:`, ...lines.map((line) => `    ${line}`)]),
    "  pick:",
    ...pickJob(parts, names).map((line) => `    ${line}`),
    "",
  ].join("\n");
}

/** Names and flags come from manifests that others may have written: nothing of them may reach a shell. */
function safe(word: string): string | undefined {
  return /^[\w@+./,-]+$/u.test(word) ? word : undefined;
}

const CHECKOUT = [
  "- uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0",
  "  with:",
  "    persist-credentials: false",
];

function apeJob({ bin, profile, apeFlags }: WorkflowParts): string[] {
  const { steps = [], file = "" } = profile.ci ?? {};
  const flags = apeFlags.flatMap((flag) => safe(flag) ?? []);
  const note = [
    ...(profile.drivesCargo === true
      ? []
      : [`# Wants the files that \`ape-lint init --profile ${profile.id}\` writes.`]),
    ...(flags.length === 0 ? [] : [`# The plan leaves features off: ${flags.join(" ")}`]),
  ];
  return [
    ...note,
    "runs-on: ubuntu-24.04",
    "steps:",
    ...CHECKOUT.map(indent),
    ...steps.flatMap(({ name, run }) =>
      runStep(name, fill(withFlags(run, flags), bin).split("\n")),
    ),
    ...upload("ape", fill(file, bin)),
  ];
}

/** The plan's switches behind each build of the project. */
function withFlags(run: string, flags: readonly string[]): string {
  if (flags.length === 0) return run;
  return run
    .split("\n")
    .map((line) =>
      /^\s*cargo (?:ape-|build|xtask build)/u.test(line) ? `${line} ${flags.join(" ")}` : line,
    )
    .join("\n");
}

function fill(text: string, bin: string): string {
  return text.trimEnd().replaceAll("{bin}", bin);
}

function plainJob({ bin, flags }: WorkflowParts, targets: readonly FallbackTarget[]): string[] {
  return [
    "strategy:",
    "  fail-fast: false",
    "  matrix:",
    "    include:",
    ...targets.flatMap((target) => [
      `      - target: ${target.triple}`,
      `        runner: ${target.runner}`,
      `        tool: ${target.tool}`,
      `        packages: "${target.packages.map(({ name }) => name).join(" ")}"`,
      `        file: ${bin}${target.triple.includes("-windows-") ? ".exe" : ""}`,
    ]),
    "runs-on: ${{ matrix.runner }}",
    ...envOf(targets),
    "steps:",
    ...CHECKOUT.map(indent),
    ...runStep(
      "Packages",
      ["sudo apt-get update", 'echo "$PACKAGES" | xargs sudo apt-get install -y'],
      {
        if: "matrix.packages != ''",
        env: ["PACKAGES: ${{ matrix.packages }}"],
      },
    ),
    ...runStep("cross", ["cargo install cross --locked"], { if: "matrix.tool == 'cross'" }),
    ...runStep("std of the target", ['rustup target add "$TARGET"'], {
      if: "matrix.tool == 'cargo'",
      env: ["TARGET: ${{ matrix.target }}"],
    }),
    ...runStep(
      "Build",
      [`"$TOOL" build --release --target "$TARGET"${flags.map((flag) => ` ${flag}`).join("")}`],
      {
        env: ["TOOL: ${{ matrix.tool }}", "TARGET: ${{ matrix.target }}"],
      },
    ),
    ...upload("${{ matrix.target }}", "target/${{ matrix.target }}/release/${{ matrix.file }}"),
  ];
}

/** Linkers and C compilers by cargo's and cc's own variables: the project's configuration stays as it is. */
function envOf(targets: readonly FallbackTarget[]): string[] {
  const lines = targets.flatMap(({ triple, linker, env }) => [
    ...(linker === undefined
      ? []
      : [`  CARGO_TARGET_${triple.toUpperCase().replaceAll("-", "_")}_LINKER: ${linker}`]),
    ...Object.entries(env).map(([name, value]) => `  ${name}: ${value}`),
  ]);
  // NOTE: a toolchain that is pinned for the APE, and its `build-std`, are not for these.
  return ["env:", "  RUSTUP_TOOLCHAIN: stable", ...lines];
}

function machineJob({ bin, flags }: WorkflowParts, target: FallbackTarget): string[] {
  return [
    `# ${target.notes[0] ?? target.triple}`,
    `runs-on: ${target.runner}`,
    "steps:",
    ...CHECKOUT.map(indent),
    "  - uses: vmactions/openbsd-vm@v1",
    "    with:",
    "      prepare: pkg_add rust",
    `      run: cargo build --release${flags.map((flag) => ` ${flag}`).join("")}`,
    ...upload(target.triple, `target/release/${bin}`),
  ];
}

/** Which file each host takes. */
function pickJob(
  { bin, apeHosts, targets, profile }: WorkflowParts,
  needs: readonly string[],
): string[] {
  const ape = needs.includes("ape")
    ? apeHosts.map((host) => `take ape ${fileName(fill(profile.ci?.file ?? "", bin))} ${host}`)
    : [];
  const plain = targets.flatMap(({ triple, hosts }) =>
    hosts.map(
      (host) => `take ${triple} ${bin}${triple.includes("-windows-") ? ".exe" : ""} ${host}`,
    ),
  );
  return [
    `needs: [${needs.join(", ")}]`,
    "runs-on: ubuntu-24.04",
    "steps:",
    "  - uses: actions/download-artifact@v4",
    "    with:",
    "      path: built",
    ...runStep("One program per host", [
      'take() { mkdir -p "dist/$3" && cp "built/$1/$2" "dist/$3/"; }',
      ...ape,
      ...plain,
    ]),
    ...upload("programs", "dist"),
  ];
}

function fileName(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function runStep(
  name: string,
  lines: readonly string[],
  more: { readonly if?: string; readonly env?: readonly string[] } = {},
): string[] {
  return [
    `  - name: ${name}`,
    ...(more.if === undefined ? [] : [`    if: ${more.if}`]),
    ...(more.env === undefined ? [] : ["    env:", ...more.env.map((line) => `      ${line}`)]),
    "    run: |",
    ...lines.map((line) => `      ${line}`),
  ];
}

function upload(name: string, path: string): string[] {
  return [
    "  - uses: actions/upload-artifact@v4",
    "    with:",
    `      name: ${name}`,
    `      path: ${path}`,
    "      if-no-files-found: error",
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
