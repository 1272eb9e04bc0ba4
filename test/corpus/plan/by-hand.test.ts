import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { plan } from "../../../src/api.ts";
import type { Plan, PlanSite } from "../../../src/model/plan.ts";
import { missingTool } from "../../../tools/oracle/cargo.ts";
import { effort, type EffortRow } from "../../../tools/oracle/effort/effort.ts";
import { profileStatics } from "../../../tools/oracle/effort/statics.ts";
import { tripleOf, type Subject } from "../../../tools/oracle/model.ts";
import { prepare } from "../../../tools/oracle/prepare.ts";

const MINUTES = 60_000;
const PROFILE = "ape-rs";
const ARCH = "x86_64";

/** The programs of docs/plan-by-hand.md. */
const PROGRAMS = [
  ["fd-find", "10.5.0"],
  ["hyperfine", "1.20.0"],
  ["gping", "1.21.0"],
] as const;

const missing = await missingTool(tripleOf(ARCH));
const note = missing === undefined ? "" : ` (SKIPPED: ${missing})`;
if (note !== "") process.stderr.write(`plans against rustc${note}\n`);

const cache = mkdtempSync(path.join(tmpdir(), "ape-lint-by-hand-"));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

interface Stop extends PlanSite {
  readonly package: string;
}

/** Places at which the plan says that the compiler stops. */
function stopsOf({ forks, own, program }: Plan): Stop[] {
  const crates = [
    ...forks.map(({ name, version, sites }) => ({ id: `${name}@${version}`, sites })),
    ...own.map(({ sites }) => ({ id: `${program.name}@${program.version}`, sites })),
  ];
  return crates.flatMap(({ id, sites }) =>
    sites.filter(({ stops }) => stops).map((site) => ({ ...site, package: id })),
  );
}

/** Whether rustc's error is one that a place of the plan stands for: there, or in the text of a table's macro. */
function answers(stop: Stop, row: EffortRow): boolean {
  if (stop.package !== row.package) return false;
  const names = stop.entries ?? [stop.symbol];
  const isThere = stop.file === row.file && stop.start.line === row.line;
  const isCalled = row.calls.some(
    ({ file, line, endLine }) =>
      file === stop.file && line <= stop.start.line && stop.start.line <= endLine,
  );
  return (isThere || isCalled) && (row.symbol === "" || names.includes(row.symbol));
}

/** Writes what the plan adds to the manifest: features of crates that are not named there yet. */
function switchOn(dir: string, { switches }: Plan): void {
  const manifest = path.join(dir, "Cargo.toml");
  const added = switches
    .filter(({ kind, idle }) => kind === "feature" && idle === undefined)
    .flatMap(({ edits }) => edits.filter(({ place }) => place === undefined).map(({ to }) => to));
  writeFileSync(manifest, `${readFileSync(manifest, "utf8")}\n${added.join("\n")}\n`);
  execFileSync("cargo", ["fetch"], { cwd: dir, stdio: "ignore" });
}

const told = ({ package: owner, file, line, symbol, message }: EffortRow): string =>
  `${owner} ${file}:${line} ${symbol}: ${message}`;

describe.skipIf(missing !== undefined)(`what a plan says is what rustc wants${note}`, () => {
  test.each(PROGRAMS)("%s %s", { timeout: 30 * MINUTES }, async (name, version) => {
    const found = await plan({ input: { kind: "crate", name, version }, profile: PROFILE });
    const why = "followed by hand";
    const subject: Subject = {
      variant: "by-hand",
      name,
      version,
      features: [],
      allFeatures: false,
      defaultFeatures: true,
      why,
    };
    switchOn(await prepare(subject, cache), found);
    const { rows } = await effort(subject, ARCH, profileStatics(PROFILE), cache);
    const stops = stopsOf(found);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !stops.some((stop) => answers(stop, row))).map(told)).toEqual([]);
    expect(stops.filter((stop) => !rows.some((row) => answers(stop, row)))).toEqual([]);
  });
});
