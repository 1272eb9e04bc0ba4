import { join } from "node:path";
import type { Cosmo } from "../cosmo.ts";
import { KeptFigures } from "../kept-figures.ts";
import { subjectId } from "../model.ts";
import { link, linkCopy } from "./build.ts";
import { predict } from "./predict.ts";
import { cosmoSymbols } from "./rlib.ts";
import { type LinkFigures, linkSection } from "./section.ts";
import { type LinkSubject, readLinkSubjects } from "./subjects.ts";

const FIGURES = new KeptFigures<LinkFigures>(
  join(import.meta.dirname, "figures.json"),
  ({ subject }) => subject,
);
const SUBJECTS = join(import.meta.dirname, "../../../fixtures/link.yml");

export interface LinkOptions {
  /** Subjects by `name@version+variant` or by name; empty: all of `fixtures/link.yml`. */
  readonly names: readonly string[];
  readonly cosmo: Cosmo;
  readonly cache: string;
  /** Take what the linker said the last time, where it is known. */
  readonly keep: boolean;
}

/** Links the subjects, sets the linker's list against ours and keeps the figures. */
export async function linkOracle(options: LinkOptions): Promise<void> {
  const { names, cosmo, cache, keep } = options;
  for (const subject of await readLinkSubjects(SUBJECTS)) {
    const id = subjectId(subject);
    if (names.length > 0 && !names.includes(id) && !names.includes(subject.name)) continue;
    const figures = await measureLink({ subject, cosmo, cache, keep }).catch(String);
    if (typeof figures === "string") {
      process.exitCode = 1;
      console.error(`FAILED ${id}: ${figures}`);
      continue;
    }
    await FIGURES.keep([figures]);
    console.log(told(figures));
  }
}

async function measureLink(options: {
  subject: LinkSubject;
  cosmo: Cosmo;
  cache: string;
  keep: boolean;
}): Promise<LinkFigures> {
  const { subject, cosmo, cache, keep } = options;
  const id = subjectId(subject);
  const known = keep ? (await FIGURES.read()).find((each) => each.subject === id) : undefined;
  const said = known ?? (await fromLinker(subject, cosmo, cache));
  const { verdict, symbols, others, places } = await predict(
    subject,
    await linkCopy(subject, cache),
  );
  const missed = said.undefined.filter((symbol) => !symbols.includes(symbol));
  // a build that ends before the linker says nothing of symbols
  const isHeard = said.failure === undefined;
  const more = isHeard ? symbols.filter((symbol) => !said.undefined.includes(symbol)) : [];
  const defined = subject.as === "library" && more.length > 0 ? await cosmoSymbols(cosmo) : more;
  const extra = more.filter((symbol) => defined.includes(symbol));
  const generic = more.filter((symbol) => !defined.includes(symbol));
  for (const symbol of extra) console.log(`  only we: ${symbol} at ${places[symbol] ?? ""}`);
  const { undefined: undefinedNames, failure } = said;
  return {
    subject: id,
    as: subject.as,
    why: subject.why,
    undefined: undefinedNames,
    ...(failure === undefined ? {} : { failure }),
    verdict,
    refused:
      subject.as === "library" ? symbols.length + others.length > 0 : verdict === "does not build",
    others,
    missed,
    extra,
    ...(generic.length === 0 ? {} : { generic }),
  };
}

async function fromLinker(
  subject: LinkSubject,
  cosmo: Cosmo,
  cache: string,
): Promise<Pick<LinkFigures, "undefined" | "failure">> {
  const { undefined: wanted, failure } = await link(subject, cosmo, cache);
  for (const { symbol, crate } of wanted) console.log(`  ld: ${symbol} (${crate})`);
  const undefinedNames = [...new Set(wanted.map(({ symbol }) => symbol))].toSorted();
  return { undefined: undefinedNames, failure };
}

function told({
  subject,
  undefined: wanted,
  verdict,
  missed,
  extra,
  failure,
}: LinkFigures): string {
  const linker = failure ?? (wanted.length === 0 ? "links" : `${wanted.length} undefined`);
  return `${subject}: ${linker}; we say "${verdict}"; missed ${missed.join(" ") || "none"}, too many ${extra.join(" ") || "none"}`;
}

/** The section of docs/accuracy.md about linking, from the figures kept so far. */
export async function linkText(): Promise<string> {
  return linkSection(await FIGURES.read());
}
