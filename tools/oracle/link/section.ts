import type { HostVerdict } from "../../../src/model/result.ts";

/** One program or library: what the linker said and what we said. */
export interface LinkFigures {
  readonly subject: string;
  readonly as: "program" | "library";
  readonly why: string;
  /** Symbols that the linker does not find. */
  readonly undefined: readonly string[];
  /** Why the build ends before the linker. */
  readonly failure?: string | undefined;
  readonly verdict: HostVerdict;
  /** Rules that say "does not build" for another reason. */
  readonly others: readonly string[];
  /** Undefined, and not said by us. */
  readonly missed: readonly string[];
  /** Said by us, and not undefined. */
  readonly extra: readonly string[];
}

const ABOUT = `Programs linked with Cosmopolitan's real C library (4.0.2, built from its sources), profile \`none\`: what the
linker does not find, against what rule \`missing-symbol\` and its like say of reached code. A library is
compiled whole, and what its own objects want and nothing at hand defines counts, as does only what we say of it.
"Right" is: we say "does not build" exactly where it does not link. Where the build ends before the linker, symbols are not compared. The list of subjects is \`fixtures/link.yml\`.
`;

/** A section of docs/accuracy.md. */
export function linkSection(figures: readonly LinkFigures[]): string {
  if (figures.length === 0) return "";
  const rows = figures.map((one) => {
    const linker =
      one.failure ?? (one.undefined.length === 0 ? "links" : `${one.undefined.length} undefined`);
    const cells = [
      one.subject,
      one.as,
      linker,
      one.verdict,
      isRight(one) ? "yes" : "**no**",
      list(one.missed),
      list(one.extra),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const wanted = figures.reduce((all, one) => all + one.undefined.length, 0);
  const missed = figures.reduce((all, one) => all + one.missed.length, 0);
  const extra = figures.reduce((all, one) => all + one.extra.length, 0);
  const right = figures.filter(isRight).length;
  return [
    `## What links\n\n${ABOUT}`,
    `${right} of ${figures.length} verdicts are right; of ${wanted} undefined symbols ${wanted - missed} were predicted, and ${extra} too many.\n`,
    "| subject | as | linker | verdict on Linux | right | not predicted | too many |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** True when "does not build" is said exactly where nothing comes out. */
export function isRight({ undefined: wanted, failure, verdict }: LinkFigures): boolean {
  const links = failure === undefined && wanted.length === 0;
  return links !== (verdict === "does not build");
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" ");
}
