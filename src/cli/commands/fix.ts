import { z } from "zod";
import { run as analyse } from "../../api.ts";
import type { Planned } from "../../fix/plan.ts";
import { unifiedDiff } from "../../fix/unified.ts";
import type { Report, Result } from "../../model/result.ts";
import { count } from "../../report/plain.ts";
import { InputError } from "../../util/errors.ts";
import { changesOf, type Changes } from "../fix/changes.ts";
import { refuseUnlessClean, writeChanges } from "../fix/write.ts";
import type { Invocation } from "../invocation.ts";
import { withProgress } from "../progress.ts";
import { select, type Selection } from "../select.ts";
import { criteriaOf, settingsOf, type Settings } from "../settings.ts";

const ownFlags = z.object({
  diff: z.boolean().default(false),
  unsafe: z.boolean().default(false),
  allowDirty: z.boolean().default(false),
  allowNoVcs: z.boolean().default(false),
});

/** A fix may bring a place to light that another one answers; more often than this nothing new can come. */
const MOST_ROUNDS = 6;

/** NOTE: a second look would need the files as they would be then. */
const ONE_ROUND =
  "without --diff it looks again at what it has written, and repairs what comes to light only then\n";

interface Looked {
  readonly selection: Selection;
  readonly changes: Changes;
  /** When the look began, milliseconds since 1970. */
  readonly at: number;
}

/**
 * Makes the repairs that rules have for their results, in the packages that were asked about. The exit code is that of
 * a check of the tree as it is left; with `--diff` nothing is written, so of the tree as it is.
 */
export async function run(invocation: Invocation): Promise<number> {
  const settings = await settingsOf(invocation);
  const { kind } = settings.run.input;
  if (kind === "crate" || kind === "stdin")
    throw new InputError("there is nothing here that could be written to", {
      hint: "name a folder, a Cargo.toml or a .rs file of your own",
    });
  const flags = ownFlags.parse(invocation.options);
  return flags.diff ? show(invocation, settings, flags) : repair(invocation, settings, flags);
}

type Own = z.output<typeof ownFlags>;

async function show({ io }: Invocation, settings: Settings, flags: Own): Promise<number> {
  const { selection, changes } = await look(settings, flags, io);
  for (const { shown, before, edits } of changes.files)
    io.stdout.write(unifiedDiff(shown, before, edits));
  if (!settings.flags.quiet) {
    io.stderr.write(summary(changes, changes.files.length, "could be made"));
    if (changes.files.length > 0) io.stderr.write(ONE_ROUND);
  }
  return selection.exitCode;
}

async function repair({ io }: Invocation, settings: Settings, flags: Own): Promise<number> {
  const made: Planned[] = [];
  const files = new Set<string>();
  let looked = await look(settings, flags, io);
  for (let round = 0; round < MOST_ROUNDS && looked.changes.files.length > 0; round++) {
    if (round === 0)
      await refuseUnlessClean(
        looked.selection.report.root,
        { dirty: flags.allowDirty, noVcs: flags.allowNoVcs },
        io,
      );
    writeChanges(looked.changes.files, looked.at);
    made.push(...looked.changes.made);
    for (const { shown } of looked.changes.files) files.add(shown);
    looked = await look(settings, flags, io);
  }
  for (const file of [...files].toSorted()) io.stdout.write(`fixed ${file}\n`);
  if (!settings.flags.quiet)
    io.stderr.write(summary({ ...looked.changes, made }, files.size, "made"));
  return looked.selection.exitCode;
}

async function look(settings: Settings, own: Own, io: Invocation["io"]): Promise<Looked> {
  const { flags } = settings;
  const at = Date.now();
  const found = await withProgress(io, flags, (onProgress) =>
    analyse({ ...settings.run, onProgress }),
  );
  const selection = select(found, criteriaOf(settings));
  const { report } = selection;
  const changes = await changesOf({
    report,
    results: openOf(report, flags.all),
    unsafe: own.unsafe,
  });
  return { selection, changes, at };
}

/** What the user has judged stays; so does what the profile answers, unless everything is asked for. */
function openOf({ results }: Report, all: boolean): Result[] {
  return results.filter(
    ({ suppressed, closed }) => suppressed === undefined && (all || closed === undefined),
  );
}

function summary(
  { made, held, left }: Omit<Changes, "files">,
  files: number,
  word: string,
): string {
  const lines = [`${count(made.length, "fix", "fixes")} ${word} in ${count(files, "file")}`];
  if (held > 0)
    lines.push(
      `${count(held, "place")} more can be repaired, and you should look at how: --unsafe --diff`,
    );
  if (left > 0)
    lines.push(`${count(left, "place")} cannot be repaired by itself; see ape-lint check`);
  return lines.map((line) => `${line}\n`).join("");
}
