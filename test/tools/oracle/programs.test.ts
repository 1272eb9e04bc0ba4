import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workload } from "../../../tools/oracle/programs/build.ts";
import { type ProgramFigure, programSection } from "../../../tools/oracle/programs/section.ts";
import { readPrograms } from "../../../tools/oracle/programs/subjects.ts";
import { start } from "../../../tools/oracle/run/start.ts";

test("every program of the list has workloads, and a profile to be built with", async () => {
  const programs = await readPrograms();
  expect(programs.length).toBeGreaterThanOrEqual(3);
  for (const { name, workloads } of programs)
    expect([name, Object.keys(workloads).length]).not.toEqual([name, 0]);
});

test("what a program leaves counts as if it had been printed", async () => {
  const dir = await mkdtemp(join(tmpdir(), "ape-programs-"));
  const { stdout, code } = await start(
    "/bin/sh",
    "plain",
    dir,
    workload(["-c", "echo new > files/words.txt; rm -r files/deep"]),
  );
  await rm(dir, { recursive: true });
  expect([stdout, code]).toEqual(["\n== left\n/files/words.txt\nnew\n", 0]);
});

test("the row tells the worst workload and whether the verdict is right", () => {
  const one: ProgramFigure = {
    program: "a@1.0.0",
    profile: "none",
    host: "windows-x64",
    outcome: "fails",
    workloads: [
      { name: "good", outcome: "works" },
      { name: "bad", outcome: "fails", how: "exit code 1" },
    ],
    verdict: "works",
    because: [],
  };
  const text = programSection([
    one,
    { ...one, host: "linux-x64", verdict: "fails", because: ["std-random"] },
  ]);
  expect(text).toContain('1 of 2 verdicts are right; 1 say "works" where something failed.');
  expect(text).toContain(
    "| a@1.0.0 | `none` | windows-x64 | 1 of 2 | fails: exit code 1 | works |  | **no** |",
  );
  expect(text).toContain("| linux-x64 | 1 of 2 | fails: exit code 1 | fails | std-random | yes |");
});
