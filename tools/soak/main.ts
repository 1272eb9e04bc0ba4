/**
 * Looks at the whole trees of large programs, one after the other, and keeps what came of each. With `--write-docs` makes
 * docs/robustness.md of all that is kept, and of the runs that were killed, when their figures are there:
 * `APE_LINT_KILLS=FOLDER/kills.jsonl npm run fuzz -- test/faults/kill.test.ts`. Needs `npm run build`; cargo downloads the programs, none of their code runs.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readSoak, type SoakProgram } from "../oracle/corpus.ts";
import { readKills } from "./kills.ts";
import { soak, soaked, type Soaked } from "./measure.ts";
import { robustnessPage } from "./page.ts";

const ROOT = resolve(import.meta.dirname, "../..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    keep: { type: "string", default: join(tmpdir(), "ape-lint-soak") },
    "write-docs": { type: "boolean", default: false },
    // cargo has brought the programs before, and need not be asked again
    brought: { type: "boolean", default: false },
  },
});

const programs = await readSoak(join(ROOT, "fixtures/corpus.yml"));
mkdirSync(values.keep, { recursive: true });
const asked = values["write-docs"] && positionals.length === 0 ? [] : chosen(positionals);
for (const program of asked) {
  const one = soak(program, values.brought);
  writeFileSync(keptAs(program), JSON.stringify(one, undefined, 1));
  const { name, trouble, packages, files, seconds, gaps } = one;
  process.stdout.write(
    `${name}: ${trouble ?? `${packages} packages, ${files} files, ${seconds} s, ${gaps.length} gaps`}\n`,
  );
}
if (values["write-docs"])
  writeFileSync(
    join(ROOT, "docs/robustness.md"),
    robustnessPage(
      programs.flatMap((each) => kept(each) ?? []),
      readKills(join(values.keep, "kills.jsonl")),
    ),
  );

function chosen(names: readonly string[]): readonly SoakProgram[] {
  return names.length === 0 ? programs : programs.filter(({ name }) => names.includes(name));
}

function keptAs({ name, version }: SoakProgram): string {
  return join(values.keep, `${name}@${version}.json`);
}

function kept(program: SoakProgram): Soaked | undefined {
  try {
    return soaked.parse(JSON.parse(readFileSync(keptAs(program), "utf8")));
  } catch {
    return undefined;
  }
}
