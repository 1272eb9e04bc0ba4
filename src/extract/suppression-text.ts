import type { SuppressionProblem } from "../model/suppression.ts";
import { isDay } from "../util/day.ts";

/** What a suppression says, wherever it stands. */
export interface Mark {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until?: string;
  readonly problem?: SuppressionProblem;
}

const LEAD = "ape-lint:";
const RULE = /^[a-z][a-z0-9-]*$/u;
const PAIR = /^(?<key>until|reason)\s*=\s*"(?<value>[^"]*)"$/u;

/**
 * Reads the text of a comment: `ape-lint: allow(rule, until = "2027-01-31") reason`. `undefined` when the comment is
 * not for us.
 */
export function readMark(text: string): Mark | undefined {
  if (!text.startsWith(LEAD)) return undefined;
  const rest = text.slice(LEAD.length).trim();
  if (!/^(?:allow|expect)\b/u.test(rest)) return problem("malformed");
  const body = rest.replace(/^(?:allow|expect)\s*/u, "");
  if (!body.startsWith("(")) return problem("no-rule");
  const close = closing(body);
  if (close < 0) return problem("malformed");
  const words = split(body.slice(1, close));
  return markOf(
    words,
    body
      .slice(close + 1)
      .replace(/^[\s:–—-]+/u, "")
      .trim(),
  );
}

/** Puts a mark together from the words between its parentheses and the reason behind them. */
export function markOf(words: readonly string[], behind: string): Mark {
  const rules: string[] = [];
  const values: Partial<Record<string, string>> = {};
  for (const word of words) {
    const pair = PAIR.exec(word)?.groups;
    if (pair?.["key"] !== undefined) values[pair["key"]] = pair["value"] ?? "";
    else if (RULE.test(word)) rules.push(word);
    else return problem(word === "*" ? "no-rule" : "malformed");
  }
  const { until } = values;
  if (until !== undefined && !isDay(until)) return problem("malformed");
  if (rules.length === 0 || rules.includes("all")) return problem("no-rule");
  const reason = behind === "" ? (values["reason"] ?? "").trim() : behind;
  return {
    rules,
    reason,
    ...(until === undefined ? {} : { until }),
    ...(reason === "" ? { problem: "no-reason" } : {}),
  };
}

function problem(kind: SuppressionProblem): Mark {
  return { rules: [], reason: "", problem: kind };
}

/** The parenthesis that ends the list; those in quotes do not count. */
function closing(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === ")" && !quoted) return at;
  }
  return -1;
}

function split(list: string): string[] {
  const words = list.match(/(?:"[^"]*"|[^,"])+/gu) ?? [];
  return words.map((word) => word.trim()).filter((word) => word !== "");
}
