/** Repairs copies of real crates with `ape-lint fix`, builds them against a libc of statics, and tells what came of it. */
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { missingTool, must } from "../oracle/cargo.ts";
import { readCorpus } from "../oracle/corpus.ts";
import { tripleOf } from "../oracle/model.ts";
import { type Figures, measure } from "./measure.ts";
import { fixesPage } from "./page.ts";
import { staticsProfiles } from "./profiles.ts";
import { chosen, NAMES } from "./subjects.ts";

const ROOT = resolve(import.meta.dirname, "../..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: "string", default: join(tmpdir(), "ape-lint-oracle") },
    constants: { type: "string", default: join(ROOT, "data/cosmocc/4.0.2/constants.json") },
    "write-docs": { type: "boolean", default: false },
  },
});

const missing = await missingTool(tripleOf("x86_64"));
if (missing !== undefined) throw new Error(missing);
await mkdir(values.cache, { recursive: true });
const corpus = await readCorpus(join(ROOT, "fixtures/corpus.yml"));
const figures: Figures[] = [];
for (const subject of chosen(corpus, positionals.length === 0 ? NAMES : positionals)) {
  for (const profile of await staticsProfiles(values.constants, values.cache)) {
    figures.push(await measure(subject, profile, values.cache));
    process.stderr.write(`${subject.name} under ${profile.title}\n`);
  }
}
const rustc = (await must("rustc", ["--version"], { cwd: ROOT })).trim();
const page = fixesPage(figures, rustc);
process.stdout.write(page);
if (values["write-docs"]) await writeFile(join(ROOT, "docs/fixes.md"), page);
