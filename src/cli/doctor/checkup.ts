import path from "node:path";
import { workspaceFolderOf } from "../../cargo/workspace-root.ts";
import { applyEdits, checkToolchainOf, type Checkup } from "../../doctor/index.ts";
import { loadProfile } from "../../kb/profiles.ts";
import { loadSpecNeeds } from "../../kb/target-spec.ts";
import type { DoctorFinding } from "../../model/doctor.ts";
import { plain } from "../../report/plain.ts";
import { EXIT } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";
import { binfmtLines } from "./binfmt.ts";
import { writeWithCopy } from "./write.ts";

/** One correction can uncover another; more rounds than this would be a fault of ours. */
const MOST_ROUNDS = 8;

/** Tells what in the toolchain's files does not go with an APE, and with `--fix` corrects it. */
export async function checkup(settings: Settings, { io, options }: Invocation): Promise<number> {
  const { input } = settings.run;
  if (input.kind !== "path") return EXIT.clean;
  const root = workspaceFolderOf(
    path.join(input.path.replace(/[\\/]Cargo\.toml$/u, ""), "Cargo.toml"),
  );
  if (root === undefined) return EXIT.clean;
  const profile = loadProfile(settings.run.profile);
  let found = checkToolchainOf(root, profile);
  if (options["fix"] === true) {
    for (let round = 0; round < MOST_ROUNDS && found.findings.some(canFix); round += 1) {
      await correct(root, found, { io, first: round === 0 });
      found = checkToolchainOf(root, profile);
    }
  }
  tell(found.findings, io);
  if (found.texts.size > 0) hostNotes(io, found.findings.length > 0);
  return found.findings.some(({ level }) => level === "error") ? EXIT.results : EXIT.clean;
}

function canFix({ edits }: DoctorFinding): boolean {
  return edits !== undefined && edits.length > 0;
}

async function correct(
  root: string,
  { findings, texts }: Checkup,
  { io, first }: { readonly io: Io; readonly first: boolean },
): Promise<void> {
  const files = [...new Set(findings.filter(canFix).map(({ file }) => file))];
  for (const file of files) {
    const mine = findings.filter((each) => each.file === file && canFix(each));
    const before = texts.get(file);
    const after = applyEdits(
      before ?? "",
      mine.flatMap(({ edits = [] }) => edits),
    );
    const copy = await writeWithCopy({
      file: path.join(root, file),
      before: first ? before : undefined,
      after,
    });
    if (first)
      io.stdout.write(
        `fixed ${file}${copy === undefined ? "" : `; the old one is ${path.basename(copy)}`}\n`,
      );
  }
}

function tell(findings: readonly DoctorFinding[], io: Io): void {
  for (const { level, check, file, start, message, fix, edits } of findings) {
    io.stdout.write(
      `\n${level}[${check}] ${plain(file)}:${start.line}:${start.column}\n  ${plain(message)}\n  fix: ${plain(fix)}${edits === undefined ? "" : " (--fix)"}\n`,
    );
  }
}

function hostNotes(io: Io, apart: boolean): void {
  if (apart) io.stdout.write("\n");
  for (const { system, text } of loadSpecNeeds().notes) io.stdout.write(`${system}: ${text}\n`);
  for (const line of binfmtLines()) io.stdout.write(`${line}\n`);
}
