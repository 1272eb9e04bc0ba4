import { join } from "node:path";
import { LEVELS, type Level } from "../../model/rule.ts";
import type { Package } from "../../model/workspace.ts";
import type { Behind, CrateNews, Crates } from "../crates.ts";
import { dependencyLines } from "../manifest-lines.ts";
import type { FilePlace, Squiggle } from "./squiggle.ts";
import { cellsText, hazardText, VERDICT_WORDS, wayText } from "./words.ts";

/** Most crates that a line names. */
const MAX_CRATES = 5;

/** What the dependencies of one member's manifest bring in, each at its line. */
export function manifestSquiggles(options: {
  crates: Crates;
  member: Package;
  lines: readonly string[];
  hrefOf: (rule: string) => string | undefined;
}): Squiggle[] {
  const { crates, member, lines, hrefOf } = options;
  return dependencyLines(lines).flatMap((line) => {
    const crate = line.kind === "dev" ? undefined : crates.meantBy(line, member);
    // NOTE: what is the user's own is told in its own files
    if (crate === undefined || crate.report?.own === true) return [];
    const behind = crates.behind(crate);
    const level = levelOf(behind);
    const code = behind.hazards[0]?.results[0]?.rule;
    if (level === undefined || level === "note" || code === undefined) return [];
    const place = { file: join(member.dir, "Cargo.toml"), span: line.span };
    const related = behind.hazards.slice(0, MAX_CRATES).flatMap((one) => relatedTo(one, behind));
    return [{ ...place, level, code, href: hrefOf(code), message: textOf(behind), related }];
  });
}

function levelOf({ hazards }: Behind): Level | undefined {
  const levels = new Set(hazards.flatMap(({ results }) => results.map(({ level }) => level)));
  return LEVELS.find((level) => levels.has(level));
}

/** Where the worst of a crate is in its source. */
export function hazardPlace({ package: pkg, results }: CrateNews): FilePlace | undefined {
  const [worst] = results;
  return worst === undefined ? undefined : { file: join(pkg.dir, worst.file), span: worst.span };
}

function relatedTo(one: CrateNews, behind: Behind): Squiggle["related"] {
  const place = hazardPlace(one);
  const [worst] = one.results;
  if (place === undefined || worst === undefined) return [];
  const way = wayText(one, behind);
  return [{ ...place, message: `${worst.rule}: ${worst.message}${way === "" ? "" : ` (${way})`}` }];
}

function textOf(behind: Behind): string {
  const { crate, hazards } = behind;
  const { name, version } = crate.package;
  const shown = hazards.slice(0, MAX_CRATES).map((one) => hazardText(one, behind));
  const more = hazards.length - shown.length;
  const verdict = VERDICT_WORDS[crate.row?.verdict ?? "unknown"];
  return [
    `${name} ${version} ${verdict}; with all that it brings: ${cellsText(behind.cells)}`,
    ...shown,
    ...(more > 0 ? [`and ${more} more crates`] : []),
  ].join("\n");
}
