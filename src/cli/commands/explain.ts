import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  bareName,
  explainCrate,
  explainSymbol,
  explainTaxon,
  unknownName,
} from "../../kb/explain.ts";
import { DEFAULT_RELEASE, readRows } from "../../kb/load.ts";
import type { Explanation, SymbolUses } from "../../model/explain.ts";
import type { RunOptions } from "../../model/options.ts";
import { EXPLAIN_FORMATS, renderExplanation } from "../../report/explain.ts";
import { infoOf } from "../../rules/info.ts";
import { loadOwnSpec, loadSpecs, OWN_RULES, type RuleSpec } from "../../rules/load-specs.ts";
import { InputError } from "../../util/errors.ts";
import { didYouMean } from "../../util/schema-hints.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { ruleInfo } from "../rule-info.ts";
import { settingsOf } from "../settings.ts";
import { textStyle } from "../terminal.ts";

/** Tells what is known about a rule, a finding of the field notes, a name of the libc crate, or a crate. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const [word = "", ...operands] = invocation.operands;
  const { flags, run: options } = await settingsOf({ ...invocation, operands });
  const outputs = formsOf(outputsOf(flags), EXPLAIN_FORMATS, "explanations are not");
  const usesIn = (name: string): Promise<SymbolUses[]> =>
    withProgress(io, flags, (onProgress) => usesOf(name, { ...options, onProgress }));
  const found =
    (await explain(word, { options, uses: operands.length > 0 ? usesIn : undefined })) ??
    (await ruleOf(word, options));
  for (const { form, request } of outputs) {
    const style = textStyle(io, sinkOf(request, io), flags);
    const text =
      "kind" in found ? renderExplanation(form, found, style) : await rulePage(found, form);
    await deliver(request, text, io);
  }
  return 0;
}

/** NOTE: rules come last, since reading them all takes longer than the rest together. */
async function explain(
  word: string,
  asked: {
    readonly options: RunOptions;
    /** Who uses a name; absent where no tree was named. */
    readonly uses: ((name: string) => Promise<SymbolUses[]>) | undefined;
  },
): Promise<Explanation | undefined> {
  const { options, uses } = asked;
  const release = options.release ?? DEFAULT_RELEASE;
  if (/^f-\d+$/iu.test(word)) {
    const rules = (await allRules(options)).map(({ spec }) => infoOf(spec));
    const about = rules.filter(({ taxa }) => taxa.includes(word.toUpperCase()));
    return explainTaxon(word, { release, rules: about.map(({ id }) => id) });
  }
  const rows = readRows(release, bareName(word));
  if (Object.keys(rows).length > 0) {
    return explainSymbol(word, {
      release,
      rows,
      ...(uses === undefined ? {} : { uses: await uses(bareName(word)) }),
    });
  }
  return explainCrate(word);
}

async function ruleOf(word: string, options: RunOptions): Promise<RuleSpec> {
  const own = (options.ruleDirs ?? []).length > 0 ? undefined : await loadOwnSpec(word);
  if (own !== undefined) return own;
  const rules = await allRules(options);
  const rule = rules.find(({ spec }) => spec.id === word);
  if (rule !== undefined) return rule;
  const near = didYouMean(
    word,
    rules.map(({ spec }) => spec.id),
  );
  if (near === undefined) throw unknownName(word, options.release ?? DEFAULT_RELEASE);
  throw new InputError(`nothing is known about ${word}`, { hint: near });
}

function allRules(options: RunOptions): Promise<RuleSpec[]> {
  return loadSpecs({ dirs: [OWN_RULES, ...(options.ruleDirs ?? [])] });
}

/** Who uses a name, most first. */
async function usesOf(name: string, options: RunOptions): Promise<SymbolUses[]> {
  const { inventory } = await import("../../api.ts");
  const counts = new Map<string, SymbolUses>();
  for (const row of await inventory(options)) {
    if (row.symbol !== name) continue;
    const key = `${row.package}@${row.version}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { package: row.package, version: row.version, count: before + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

async function rulePage(
  { spec, folder }: RuleSpec,
  form: (typeof EXPLAIN_FORMATS)[number],
): Promise<string> {
  if (form === "json") {
    return `${JSON.stringify({ schemaVersion: 1, kind: "rule", ...ruleInfo(infoOf(spec)) }, null, 2)}\n`;
  }
  return readFile(path.join(folder, "README.md"), "utf8").catch((cause: unknown) => {
    throw new InputError(`the rule ${spec.id} has no page`, { place: folder, cause });
  });
}
