import { join } from "node:path";
import type { Result } from "../../model/result.ts";
import type { Site } from "../../model/site.ts";
import { CONFIDENCES } from "../../model/rule.ts";
import type { FilePlace, Squiggle } from "./squiggle.ts";
import { resultText } from "./words.ts";
import { counts } from "../../util/counts.ts";

/** Most steps of a way that are told. */
const MAX_STEPS = 8;

/** Whether an editor shows a result: nothing answers for it, the program may get there, and we are sure enough. */
export function isShown(result: Result, pedantic: boolean): boolean {
  if (!counts(result)) return false;
  return pedantic || CONFIDENCES.indexOf(result.confidence) <= CONFIDENCES.indexOf("medium");
}

/** What is shown in one package's own files. */
export function ownSquiggles(options: {
  /** Absolute folder of the package. */
  dir: string;
  results: readonly Result[];
  /** Facts of the package, for what a result does not say itself. */
  sites: readonly Site[];
  hrefOf: (rule: string) => string | undefined;
  pedantic: boolean;
}): Squiggle[] {
  const { dir, results, hrefOf, pedantic } = options;
  const choices = choicesAt(options.sites);
  return results
    .filter((result) => isShown(result, pedantic))
    .map((result) => {
      const place = { file: join(dir, result.file), span: result.span };
      return {
        ...place,
        level: result.level,
        code: result.rule,
        href: hrefOf(result.rule),
        message: resultText(result),
        related: [...chosenBy(choices.get(placeKey(result)), dir), ...reachedBy(result, place)],
        result,
      };
    });
}

function placeKey({ file, span }: Pick<Result, "file" | "span">): string {
  return `${file}:${span.start.line}:${span.start.column}`;
}

/** The facts about alternatives that cfg chose from, by place. */
function choicesAt(sites: readonly Site[]): Map<string, Site> {
  return new Map(
    sites.filter(({ kind }) => kind === "cfg-alternative").map((site) => [placeKey(site), site]),
  );
}

function chosenBy(site: Site | undefined, dir: string): Squiggle["related"] {
  const { cfg, chosen, others } = site?.data ?? {};
  if (site === undefined || typeof cfg !== "string") return [];
  const file = join(dir, site.file);
  const left = Array.isArray(others) && others.length > 0 ? `; left out: ${others.join(", ")}` : "";
  return [{ file, span: site.span, message: `${cfg} chooses ${String(chosen)}${left}` }];
}

/** How the program gets there, told at the place itself: items have names, not places. */
function reachedBy({ via = [] }: Result, place: FilePlace): Squiggle["related"] {
  if (via.length < 2) return [];
  const steps = via.length > MAX_STEPS ? [...via.slice(0, 3), "…", ...via.slice(-4)] : via;
  return [{ ...place, message: `reached by ${steps.join(" → ")}` }];
}
