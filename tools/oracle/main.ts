import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ARCHS, type Arch } from "../../src/model/host.ts";
import { missingTool } from "./cargo.ts";
import { readCorpus } from "./corpus.ts";
import { subjectId, type Subject, tripleOf } from "./model.ts";
import { runPath, useSites } from "./usesites.ts";

const HELP = `usage: npm run oracle -- [NAME@VERSION[+VARIANT]…] [--all] [--arch x86_64|aarch64]
  [--features A,B] [--all-features] [--no-default-features] [--cache DIR]
Names of fixtures/corpus.yml bring their features with them. Runs cargo check, and with it the
build scripts of the crates, in a copy under the cache folder.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: "boolean", default: false },
    arch: { type: "string", multiple: true },
    features: { type: "string" },
    "all-features": { type: "boolean", default: false },
    "no-default-features": { type: "boolean", default: false },
    cache: { type: "string", default: join(tmpdir(), "ape-lint-oracle") },
    help: { type: "boolean", default: false },
  },
});

function subjectOf(text: string, corpus: readonly Subject[]): Subject {
  const known = corpus.find((subject) => subjectId(subject) === text);
  if (known !== undefined) return known;
  const at = text.lastIndexOf("@");
  if (at < 1) throw new Error(`${text}: expected NAME@VERSION`);
  return {
    name: text.slice(0, at),
    version: text.slice(at + 1),
    features: values.features?.split(",") ?? [],
    allFeatures: values["all-features"],
    defaultFeatures: !values["no-default-features"],
    why: "asked for on the command line",
  };
}

async function main(): Promise<void> {
  if (values.help || (!values.all && positionals.length === 0)) return void console.log(HELP);
  const corpus = await readCorpus(resolve(import.meta.dirname, "../../fixtures/corpus.yml"));
  const subjects = values.all ? corpus : positionals.map((text) => subjectOf(text, corpus));
  const archs = ARCHS.filter((arch) => values.arch?.includes(arch) ?? true);
  await mkdir(values.cache, { recursive: true });
  for (const subject of subjects) for (const arch of archs) await one(subject, arch);
}

async function one(subject: Subject, arch: Arch): Promise<void> {
  const missing = await missingTool(tripleOf(arch));
  if (missing !== undefined)
    return void console.log(`SKIPPED ${subjectId(subject)} ${arch}: ${missing}`);
  const { rows, packages, failed } = await useSites(subject, arch, values.cache);
  const left = Object.entries(failed).map(([name, why]) => `${name}: ${why}`);
  console.log(
    `${runPath(subject, arch, values.cache)}: ${packages.length} packages, ${rows.length} uses`,
    ...left,
  );
}

await main();
