import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { onTestFinished } from "vitest";

import type { Package, Workspace } from "../../src/model/workspace.ts";

export const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/cargo");

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), "ape-lint-test-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A copy of all fixtures of this stage, to be changed by the test; returns the asked one. */
export function copiedFixture(name: string): string {
  const dir = temporaryFolder();
  cpSync(FIXTURES, dir, { recursive: true });
  return path.join(dir, name);
}

/** All files below a folder with their text, for comparing before and after. */
export function snapshotTree(dir: string): Readonly<Record<string, string>> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );
}

/** A workspace as text that a stranger can judge; folders relative to `base`. */
export function describeWorkspace(workspace: Workspace, base: string): string {
  const relative = (file: string): string =>
    path.relative(base, file).split(path.sep).join("/") || ".";
  const lines = [
    `root ${relative(workspace.root)}`,
    `asked for ${workspace.roots.join(", ")}`,
    `members ${[...workspace.members].sort().join(", ")}`,
  ];
  if (workspace.cfgs)
    lines.push(
      `cfgs ${workspace.cfgs.map(({ name, value }) => (value === undefined ? name : `${name}="${value}"`)).join(", ")}`,
    );
  lines.push(
    workspace.approximate ? "approximate" : "exact",
    ...workspace.notAnalysed.map(({ cause, message }) => `${cause}: ${message}`),
  );
  const packages = [...workspace.packages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const one of packages) lines.push("", ...describePackage(one, relative));
  return `${lines.join("\n")}\n`;
}

function describePackage(one: Package, relative: (file: string) => string): readonly string[] {
  const extra = [
    one.links && `links ${one.links}`,
    one.repository,
    one.checksum && `sha256 ${one.checksum.slice(0, 8)}`,
  ].filter(Boolean);
  return [
    `${one.id} (${[one.source, relative(one.dir), ...extra].join(", ")})`,
    ...one.targets.map(
      (target) =>
        `  ${target.kind} ${target.name} as ${target.crateName}: ${target.root}, ${target.edition}`,
    ),
    // NOTE: the architecture of host builds is that of the machine that runs the test.
    ...one.builds.map(
      (build) =>
        `  built for ${build.for === "host" ? "the host" : build.arch} with [${build.features.join(", ")}]`,
    ),
    ...one.dependencies.map(
      (edge) =>
        `  ${edge.kind} ${edge.externName} -> ${edge.package} on ${edge.archs.join(" and ")}, asks [${edge.features.join(", ")}]`,
    ),
  ];
}
