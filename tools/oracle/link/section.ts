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
  /** Whether we say that it does not link; of a library only what its own code is the reason of. */
  readonly refused: boolean;
  /** Rules that say "does not build" for another reason. */
  readonly others: readonly string[];
  /** Undefined, and not said by us. */
  readonly missed: readonly string[];
  /** Said by us, and not undefined. */
  readonly extra: readonly string[];
  /** Of a library, said by us and not in the C library; its objects do not have the generic code that wants it. */
  readonly generic?: readonly string[] | undefined;
}

const ABOUT = `Programs linked with Cosmopolitan's real C library (4.0.2, built from its sources), profile \`none\`: what the
linker does not find, against what rule \`missing-symbol\` and its like say of reached code. A library is
compiled whole, and what its own objects want and nothing at hand defines counts, against what we say of its own code;
what std wants for it is not among that, and generic functions are compiled by who calls them: what we say of those is
told apart, where the C library really has no such symbol. "Right" is: we say "does not build" exactly where it does not
link. Where the build ends before the linker, symbols are not compared. C code is compiled by the system's gcc, which
refuses more than cosmocc does (constants as initializers). The list of subjects is \`fixtures/link.yml\`.
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
      one.as === "library" ? ofLibrary(one) : one.verdict,
      isRight(one) ? "yes" : "**no**",
      list(one.missed),
      list(one.extra),
      list(one.generic ?? []),
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
    "| subject | as | linker | we say | right | not predicted | too many | in generic code |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** True when "does not build" is said exactly where nothing comes out. */
export function isRight({ undefined: wanted, failure, refused }: LinkFigures): boolean {
  const links = failure === undefined && wanted.length === 0;
  return links !== refused;
}

function ofLibrary({ refused }: LinkFigures): string {
  return refused ? "does not build" : "links";
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" ");
}
