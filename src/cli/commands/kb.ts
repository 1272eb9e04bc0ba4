import { kbDiff } from "../../kb/diff.ts";
import { knownReleases } from "../../kb/load.ts";
import { kbShow } from "../../kb/show.ts";
import { KB_FORMATS, renderKbDiff, renderKbShow } from "../../report/kb.ts";
import { InputError } from "../../util/errors.ts";
import { didYouMean } from "../../util/schema-hints.ts";
import { KB_WORDS } from "../commands.ts";
import { readFlags } from "../flags.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { textStyle } from "../terminal.ts";

/** Shows the tables of a release, what changes between two, or which releases there are. */
export async function run(invocation: Invocation): Promise<number> {
  const { operands, options, io } = invocation;
  const flags = readFlags(options);
  const [word = "", ...names] = operands;
  const release = flags.release ?? flags.cosmo;
  const outputs = formsOf(outputsOf(flags), KB_FORMATS, "knowledge is not");
  const uses = word === "diff" && names.length === 3 ? await usesIn(invocation) : undefined;
  for (const { form, request } of outputs) {
    const style = textStyle(io, sinkOf(request, io), flags);
    await deliver(request, written(word, { names, release, uses, form, style }), io);
  }
  return 0;
}

interface Asked {
  readonly names: readonly string[];
  readonly release: string | undefined;
  /** How often the tree that was named last uses each name of the libc crate. */
  readonly uses: ReadonlyMap<string, number> | undefined;
  readonly form: (typeof KB_FORMATS)[number];
  readonly style: ReturnType<typeof textStyle>;
}

function written(word: string, { names, release, uses, form, style }: Asked): string {
  if (word === "show") {
    return renderKbShow(
      form,
      kbShow({ names, ...(release === undefined ? {} : { release }) }),
      style,
    );
  }
  if (word === "releases") {
    const releases = knownReleases();
    return form === "json" ? `${JSON.stringify(releases)}\n` : `${releases.join("\n")}\n`;
  }
  if (word === "diff") {
    const [from, to] = names;
    if (from !== undefined && to !== undefined && (names.length === 2 || uses !== undefined))
      return renderKbDiff(form, kbDiff(from, to, uses === undefined ? {} : { uses }), style);
    throw new InputError("`kb diff` needs two releases, and perhaps a crate to look into", {
      hint: `known: ${knownReleases().join(", ")}`,
    });
  }
  throw new InputError(`\`kb ${word}\` is nothing`, {
    hint: didYouMean(word, KB_WORDS) ?? `there is ${KB_WORDS.join(", ")}`,
  });
}

async function usesIn(invocation: Invocation): Promise<Map<string, number>> {
  const { io, operands } = invocation;
  const { flags, run: options } = await settingsOf({ ...invocation, operands: operands.slice(3) });
  const { inventory } = await import("../../api.ts");
  const rows = await withProgress(io, flags, (onProgress) => inventory({ ...options, onProgress }));
  const uses = new Map<string, number>();
  for (const { symbol, reachable } of rows)
    if (reachable !== "no") uses.set(symbol, (uses.get(symbol) ?? 0) + 1);
  return uses;
}
