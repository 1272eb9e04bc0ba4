import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arch } from "../../src/model/host.ts";
import { compare } from "./compare.ts";
import type { Measured } from "./docs.ts";
import type { MeasuredEffort } from "./effort/section.ts";
import { agree } from "./effort/agree.ts";
import { effort } from "./effort/effort.ts";
import { profileStatics } from "./effort/statics.ts";
import { inventory } from "./inventory.ts";
import { subjectId, type Subject } from "./model.ts";
import { packageDirs, prepare } from "./prepare.ts";
import { report, Sources } from "./report.ts";
import { useSites } from "./usesites.ts";

/** The SDK whose list of forks is published. */
export const FORK_PROFILE = "ape-rs";

/** Asks rustc and ape-lint about a subject and writes the report with every difference into the cache. */
export async function measure(
  subject: Subject,
  arch: Arch,
  cache: string,
): Promise<Measured & { reportFile: string }> {
  const run = await useSites(subject, arch, cache);
  const comparison = compare(run, await inventory(subject, arch, cache));
  const sources = new Sources(await packageDirs(await prepare(subject, cache)));
  const reportFile = join(cache, `report-${subjectId(subject)}.${arch}.txt`);
  await mkdir(cache, { recursive: true });
  await writeFile(reportFile, await report(run, comparison, sources));
  return { subject, arch, run, comparison, reportFile };
}

/** Compiles a subject against the libc of statics and sets our contexts against rustc's errors. */
export async function measureEffort(
  subject: Subject,
  arch: Arch,
  statics: ReadonlySet<string>,
  cache: string,
): Promise<MeasuredEffort> {
  const run = await effort(subject, arch, statics, cache);
  const agreement = agree(run, await inventory(subject, arch, cache), profileStatics(FORK_PROFILE));
  const lines = [`# ${run.subject} ${run.target}: contexts against rustc's errors`];
  for (const [context, line] of agreement.matrix)
    lines.push(`${context}: ${[...line].map(([a, n]) => `${a} ${n}`).join(", ")}`);
  lines.push("", `## the context says otherwise: ${agreement.wrong.length}`);
  for (const { row, answer } of agreement.wrong) {
    lines.push(
      `${row.context} but ${answer}: ${row.package}@${row.version} ${row.file}:${row.line}:${row.column} ${row.symbol}`,
    );
  }
  lines.push("", `## errors where we have no row: ${agreement.unseen.length}`);
  for (const row of agreement.unseen) {
    lines.push(
      `${row.code} ${row.package} ${row.file}:${row.line}:${row.column} ${row.symbol}  | ${row.text}`,
    );
  }
  lines.push("", `## packages that stop compiling: ${agreement.forks.join(", ") || "none"}`);
  lines.push(`## under profile ${FORK_PROFILE}: ${agreement.profileForks.join(", ") || "none"}`);
  await writeFile(
    join(cache, `report-effort-${subjectId(subject)}.${arch}.txt`),
    `${lines.join("\n")}\n`,
  );
  return { subject, agreement };
}
