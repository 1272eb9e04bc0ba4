import type { LevelSetting } from "../model/options.ts";
import type { Result } from "../model/result.ts";
import type { Notice, Suppression } from "../model/suppression.ts";
import { didYouMean } from "../util/schema-hints.ts";

/** What has to be known of a result to look for its suppression. */
type Place = Pick<Result, "rule" | "package" | "file" | "span">;

/** What the author's comments say about results, and what is to be said about the comments. */
export interface InSource {
  /** The suppression that speaks about a result; it counts as used from then on. */
  find(result: Place): Suppression | undefined;
  /** Ask it when all results were looked up. */
  notices(): Notice[];
}

/**
 * Looks suppressions up by package, file and line. One without a reason or without a rule has no effect; neither has
 * one whose last day is over.
 */
export function inSource(options: {
  suppressions: readonly Suppression[];
  levels: Readonly<Record<string, LevelSetting>>;
  today: string;
  rules: readonly string[];
}): InSource {
  const { suppressions, today } = options;
  const byFile = new Map<string, Suppression[]>();
  for (const each of suppressions) {
    if (each.problem !== undefined || isOver(each, today)) continue;
    const key = fileKey(each);
    const list = byFile.get(key);
    if (list === undefined) byFile.set(key, [each]);
    else list.push(each);
  }
  const used = new Map<Suppression, Set<string>>();
  return {
    find(result) {
      const found = byFile.get(fileKey(result))?.find((each) => fits(each, result));
      if (found === undefined) return undefined;
      const rules = used.get(found) ?? new Set();
      used.set(found, rules.add(result.rule));
      return found;
    },
    notices: () =>
      suppressions.flatMap((each) => noticesOf(each, { ...options, used: used.get(each) })),
  };
}

/** Whether a suppression that is well formed, and not over, speaks about a result. */
export function coversPlace(suppression: Suppression, result: Place, today: string): boolean {
  if (suppression.problem !== undefined || isOver(suppression, today)) return false;
  return fits(suppression, result) && fileKey(suppression) === fileKey(result);
}

function isOver({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today;
}

function fileKey(at: Pick<Result, "package" | "file">): string {
  return `${at.package.name}@${at.package.version}\n${at.file}`;
}

/** Whether a suppression's words and lines fit a result of any file. */
function fits({ rules, lines: [from, to] }: Suppression, { rule, span }: Place): boolean {
  return rules.includes(rule) && from <= span.start.line && span.start.line <= to;
}

const PROBLEMS = {
  "no-reason": "this suppression has no effect: say after it why the result does not matter",
  "no-rule": "this suppression has no effect: name the rules, all at once is not possible",
  malformed:
    'this suppression cannot be read; write `ape-lint: allow(rule, until = "2027-01-31") reason`',
} as const;

function noticesOf(
  suppression: Suppression,
  context: {
    levels: Readonly<Record<string, LevelSetting>>;
    today: string;
    rules: readonly string[];
    used: ReadonlySet<string> | undefined;
  },
): Notice[] {
  const { problem, until = "", file, start } = suppression;
  const place = `${file}:${start.line}:${start.column}`;
  if (problem !== undefined) return [{ kind: problem, place, message: PROBLEMS[problem] }];
  if (isOver(suppression, context.today)) {
    const message = `this suppression has ended on ${until}`;
    return [{ kind: "expired-suppression", place, message }];
  }
  return suppression.rules.flatMap((rule): Notice[] => {
    if (!context.rules.includes(rule))
      return [{ kind: "unknown-rule", place, message: unknown(rule, context.rules) }];
    if (context.levels[rule] === "off" || context.used?.has(rule) === true) return [];
    const message = `nothing of ${rule} is here any more: this suppression can go`;
    return [{ kind: "unused-suppression", place, message }];
  });
}

function unknown(rule: string, rules: readonly string[]): string {
  const meant = didYouMean(rule, rules);
  return `there is no rule ${rule}${meant === undefined ? "" : `; ${meant}`}`;
}
