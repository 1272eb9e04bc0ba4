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
import { textStyle } from "../terminal.ts";

/** Shows the tables of a release, what changes between two, or which releases there are. */
export async function run({ operands, options, io }: Invocation): Promise<number> {
  const flags = readFlags(options);
  const [word = "", ...names] = operands;
  const release = flags.release ?? flags.cosmo;
  const outputs = formsOf(outputsOf(flags), KB_FORMATS, "knowledge is not");
  for (const { form, request } of outputs) {
    const style = textStyle(io, sinkOf(request, io), flags);
    await deliver(request, written(word, { names, release, form, style }), io);
  }
  return 0;
}

interface Asked {
  readonly names: readonly string[];
  readonly release: string | undefined;
  readonly form: (typeof KB_FORMATS)[number];
  readonly style: ReturnType<typeof textStyle>;
}

function written(word: string, { names, release, form, style }: Asked): string {
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
    if (from !== undefined && to !== undefined && names.length === 2) {
      return renderKbDiff(form, kbDiff(from, to), style);
    }
    throw new InputError("`kb diff` needs two releases", {
      hint: `known: ${knownReleases().join(", ")}`,
    });
  }
  throw new InputError(`\`kb ${word}\` is nothing`, {
    hint: didYouMean(word, KB_WORDS) ?? `there is ${KB_WORDS.join(", ")}`,
  });
}
