import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accuracyPage, type Measured } from "../../../tools/oracle/docs.ts";
import { keepEffort, keepMeasured, readKept } from "../../../tools/oracle/kept.ts";
import type { Subject } from "../../../tools/oracle/model.ts";

let cache = "";
beforeAll(async () => void (cache = await mkdtemp(join(tmpdir(), "ape-lint-kept-"))));
afterAll(() => rm(cache, { recursive: true, force: true }));

function subject(name: string, holdout: boolean): Subject {
  const plain = { features: [], allFeatures: false, defaultFeatures: true, why: "a test" };
  return { name, version: "1.0.0", holdout, ...plain };
}

function measured(name: string, holdout: boolean): Measured {
  const head = { target: "t", rustc: "rustc 1", libc: "0.2.1", flags: [], packages: ["p@1.0.0"] };
  const run = { ...head, subject: `${name}@1.0.0`, failed: {}, rows: [] };
  const comparison = { hits: [], missed: [], wrong: [], aliases: { all: 0, found: 0 } };
  return { subject: subject(name, holdout), arch: "x86_64", run, comparison };
}

it("writes the page from all that runs have kept, first runs of hold-outs beside later ones", async () => {
  const [a, b] = [measured("known", false), measured("fresh", true)];
  for (const one of [a, b]) await keepMeasured(one, cache);
  const matrix = new Map([["pattern", new Map([["E0532", 3] as const])]]);
  const agreement = { matrix, right: 3, wrong: [], unseen: [], forks: ["known@1.0.0"] };
  const effort = { subject: a.subject, agreement: { ...agreement, profileForks: [] } };
  await keepEffort(effort, "x86_64", cache);

  const kept = await readKept([a.subject, b.subject, subject("never", false)], cache);
  expect(kept.measured.map((one) => one.run.subject)).toEqual(["known@1.0.0", "fresh@1.0.0"]);
  const once = { subject: "fresh@1.0.0", arch: "x86_64", hits: 9, missed: 1, wrong: 0, unsure: 2 };
  const page = accuracyPage({ ...kept, first: [once], sections: "" });
  expect(page).toContain("| pattern | 0 | 0 | 0 | 3 | 0 |");
  expect(page).toContain("| known@1.0.0 | none | 1 | 0 | 0 | 0 | 0 | 100.00 % | 100.00 % | 0 |");
  const fresh = "| fresh@1.0.0 | none | 1 |";
  expect(page).toContain(`${fresh} first | 10 | 1 | 0 | 2 | 90.00 % | 100.00 % |`);
  expect(page).toContain(`${fresh} now | 0 | 0 | 0 | 0 | 100.00 % | 100.00 % |`);
});
