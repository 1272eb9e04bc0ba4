import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ARCHS, type Arch } from "../../src/model/host.ts";
import { missingTool } from "./cargo.ts";
import { readCorpus } from "./corpus.ts";
import { accuracyPage } from "./docs.ts";
import { effortStatics } from "./effort/statics.ts";
import { percent, precision, recall, total } from "./figures.ts";
import { linkOracle } from "./link/index.ts";
import { programOracle } from "./programs/index.ts";
import { runOracle } from "./run/index.ts";
import { readSdk } from "./run/sdk.ts";
import { keepFirst, readFirst } from "./first.ts";
import { keepEffort, keepMeasured, readKept } from "./kept.ts";
import { keepFigures, measureLive } from "./live/index.ts";
import { FORK_PROFILE, measure, measureEffort } from "./measure.ts";
import { subjectId, type Subject, tripleOf } from "./model.ts";
import { keptSections, withSections } from "./sections.ts";
import { runPath, useSites } from "./usesites.ts";

const HELP = `usage: npm run oracle -- [NAME@VERSION[+VARIANT]…] [--all] [--arch x86_64|aarch64]
  [--features A,B] [--all-features] [--no-default-features] [--cache DIR]
  --rustc-only   make rustc's list and stop
  --live         build the programs and compare what is in them with our reachability; keeps the
                 figures for docs/accuracy.md (--holdout: as of a program not looked at before;
                 --dev-only: the unoptimised build only)
  --link         link programs with Cosmopolitan's real C library (--cosmo DIR) and compare the
                 symbols that are missing with ours; keeps the figures (--keep: of our side only)
  --run          run the programs of fixtures/run (or those named), built with that library, on Linux and under Wine
                 (--arch aarch64: under qemu), and compare with the verdicts; keeps the figures
                 (--sdk FILE: built with that SDK; --build-only: and not run;
                 --as-built: only those that such a build left)
  --programs     the same with the published programs of fixtures/programs.yml, for their workloads
                 (--arch, --sdk, --build-only and --keep as for --run)
  --effort       compile against a libc of statics instead, compare contexts
  --constants F  which constants: a table of data/cosmocc (default: 4.0.2)
  --write-kept   write the sections of docs/accuracy.md whose figures are kept, and only those
  --write-docs   write docs/accuracy.md from what this run and earlier ones with the same cache
                 folder have measured of the corpus (alone: measure nothing more)
Names of fixtures/corpus.yml bring their features with them. Runs cargo check, and with it the
build scripts of the crates, in a copy under the cache folder.`;

const ROOT = resolve(import.meta.dirname, "../..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: "boolean", default: false },
    arch: { type: "string", multiple: true },
    features: { type: "string" },
    "all-features": { type: "boolean", default: false },
    "no-default-features": { type: "boolean", default: false },
    live: { type: "boolean", default: false },
    holdout: { type: "boolean", default: false },
    "dev-only": { type: "boolean", default: false },
    "rustc-only": { type: "boolean", default: false },
    effort: { type: "boolean", default: false },
    link: { type: "boolean", default: false },
    run: { type: "boolean", default: false },
    programs: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    "build-only": { type: "boolean", default: false },
    "as-built": { type: "boolean", default: false },
    sdk: { type: "string" },
    cosmo: { type: "string", default: join(tmpdir(), "cosmo") },
    constants: { type: "string", default: join(ROOT, "data/cosmocc/4.0.2/constants.json") },
    "write-kept": { type: "boolean", default: false },
    "write-docs": { type: "boolean", default: false },
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

async function rustcOnly(subject: Subject, arch: Arch): Promise<void> {
  const { rows, packages, failed } = await useSites(subject, arch, values.cache);
  const left = Object.entries(failed).map(([name, why]) => `${name}: ${why}`);
  console.log(
    `${runPath(subject, arch, values.cache)}: ${packages.length} packages, ${rows.length} uses`,
    ...left,
  );
}

async function useSitesOf(subject: Subject, arch: Arch): Promise<void> {
  const result = await measure(subject, arch, values.cache);
  await keepMeasured(result, values.cache);
  if (subject.holdout === true) await keepFirst(result);
  const counts = total([result.comparison]);
  const figures = `recall ${percent(recall(counts))}, precision ${percent(precision(counts))}`;
  console.log(
    `${subjectId(subject)} ${arch}: ${counts.hits + counts.missed} uses, ${figures}; ${result.reportFile}`,
  );
}

async function effortOf(subject: Subject, arch: Arch): Promise<void> {
  const result = await measureEffort(
    subject,
    arch,
    await effortStatics(values.constants, FORK_PROFILE),
    values.cache,
  );
  await keepEffort(result, arch, values.cache);
  const { right, wrong, unseen, forks, profileForks } = result.agreement;
  const figures = `${right} contexts right, ${wrong.length} wrong, ${unseen.length} errors unseen`;
  console.log(
    `${subjectId(subject)} ${arch}: ${figures}; stops compiling: ${forks.join(" ") || "nothing"}; under ${FORK_PROFILE}: ${profileForks.join(" ") || "nothing"}`,
  );
}

async function liveOf(subject: Subject): Promise<void> {
  const { cache, holdout } = values;
  const builds = values["dev-only"] ? { builds: ["dev"] as const } : {};
  const figures = await measureLive({ subject, cache, holdout, ...builds });
  await keepFigures(figures);
  const { liveBodies, deadBodies, deadEntries } = figures;
  const share = ({ shown, hidden }: typeof deadBodies): string => `${hidden} of ${shown + hidden}`;
  console.log(
    `${subjectId(subject)}: hidden are ${share(liveBodies)} live uses, ${share(deadBodies)} dead ones, ${share(deadEntries)} unused entries; ${figures.reportFile}`,
  );
}

async function one(subject: Subject, arch: Arch): Promise<void> {
  const missing = await missingTool(tripleOf(arch));
  if (missing !== undefined)
    return void console.log(`SKIPPED ${subjectId(subject)} ${arch}: ${missing}`);
  if (values.live) return arch === "x86_64" ? liveOf(subject) : undefined;
  if (values["rustc-only"]) return rustcOnly(subject, arch);
  await (values.effort ? effortOf(subject, arch) : useSitesOf(subject, arch));
}

async function linked(): Promise<void> {
  const { cache, keep, cosmo: dir } = values;
  const names = values.all ? [] : positionals;
  await linkOracle({ names, cosmo: { dir, arch: "x86_64" }, cache, keep });
}

async function runs(): Promise<void> {
  const { cache, keep, cosmo: dir, "build-only": buildOnly, "as-built": asBuilt } = values;
  const build = await readSdk(values.sdk);
  for (const arch of ARCHS.filter((each) => values.arch?.includes(each) ?? true)) {
    const options = { names: positionals, build, cosmo: { dir, arch }, cache, keep, buildOnly };
    if (values.programs) await programOracle(options);
    else await runOracle({ ...options, asBuilt });
  }
}

async function writeKept(): Promise<void> {
  const page = join(ROOT, "docs/accuracy.md");
  await writeFile(page, withSections(await readFile(page, "utf8"), await keptSections()));
}

async function main(): Promise<void> {
  if (values["write-kept"]) return await writeKept();
  if (values.link) return await linked();
  if (values.run || values.programs) return await runs();
  const asked = values.all || positionals.length > 0;
  if (values.help || (!asked && !values["write-docs"])) return void console.log(HELP);
  const corpus = await readCorpus(join(ROOT, "fixtures/corpus.yml"));
  const every = values.effort ? corpus.filter((subject) => subject.effort) : corpus;
  const subjects = values.all ? every : positionals.map((text) => subjectOf(text, corpus));
  const wanted = values.arch ?? (values.effort ? ["x86_64"] : ARCHS);
  const archs = ARCHS.filter((arch) => wanted.includes(arch));
  await mkdir(values.cache, { recursive: true });
  for (const subject of subjects) {
    for (const arch of archs) {
      await one(subject, arch).catch((error: unknown) => {
        process.exitCode = 1;
        console.error(
          `FAILED ${subjectId(subject)} ${arch}: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    }
  }
  if (!values["write-docs"]) return;
  const kept = await readKept(corpus, values.cache);
  const sections = (await keptSections()).join("\n");
  const page = accuracyPage({ ...kept, first: await readFirst(), sections });
  await writeFile(join(ROOT, "docs/accuracy.md"), page);
}

await main();
