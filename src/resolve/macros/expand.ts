import type { Tokens } from "../../syntax/tokens.ts";
import { fragmentEnd } from "./fragments.ts";
import { loneVariable, type Element, type MacroRule } from "./pattern.ts";
import { TokenSink, type Slice } from "./tokens.ts";
import { Bindings, Run } from "./bindings.ts";
import { ExpansionError, transcribe, type Origin } from "./transcribe.ts";

/**
 * Expand one invocation by the first rule that fits, as rustc does.
 *
 * @returns undefined when no rule fits
 */
export function expandMacro(
  rules: readonly MacroRule[],
  input: Slice,
  origin: Origin,
): Tokens | undefined {
  retries = 0;
  for (const rule of rules) {
    const bindings = new Bindings();
    if (!fits(rule.pattern, input.all, input.from, input.to, bindings)) continue;
    const sink = new TokenSink();
    transcribe(rule.template(), rule.tokens, bindings, sink, origin);
    return sink.finish();
  }
  return undefined;
}

/** How often one invocation may be matched once more without an option: patterns inside of patterns multiply that. */
const MAX_RETRIES = 2000;
let retries = 0;

function countRetry(): void {
  if (++retries > MAX_RETRIES) throw new ExpansionError("too many ways to match");
}

/** Whether a pattern fits to all of the tokens; if not, one of its options may have taken what belongs to others. */
function fits(
  pattern: readonly Element[],
  t: Tokens,
  from: number,
  to: number,
  bindings: Bindings,
): boolean {
  const end = matchElements(pattern, t, from, to, bindings);
  if (end < 0 || end === to) return end === to;
  return pattern.some((option, k) => {
    if (!isPlainOption(option)) return false;
    countRetry();
    return matchElements(pattern.toSpliced(k, 1), t, from, to, bindings) === to;
  });
}

/** `$(,)?`: nothing depends on whether it was there. */
function isPlainOption(element: Element | undefined): boolean {
  return element?.is === "repeat" && element.op === "?" && element.variables.length === 0;
}

/** @returns the index behind what fits, or -1 */
function matchElements(
  pattern: readonly Element[],
  t: Tokens,
  from: number,
  to: number,
  bindings: Bindings,
): number {
  let at = from;
  for (let k = 0; k < pattern.length; k++) {
    const element = pattern[k]!;
    at = matchElement(element, pattern[k + 1], t, at, to, bindings);
    if (at < 0) return -1;
  }
  return at;
}

function matchElement(
  element: Element,
  next: Element | undefined,
  t: Tokens,
  at: number,
  to: number,
  bindings: Bindings,
): number {
  switch (element.is) {
    case "token":
      return at < to && t.text(at) === element.text ? at + 1 : -1;
    case "group": {
      if (at >= to || t.text(at) !== element.delimiter) return -1;
      const close = t.match[at]!;
      return fits(element.body, t, at + 1, close, bindings) ? close + 1 : -1;
    }
    case "variable": {
      const end = fragmentEnd(t, at, to, fragmentBefore(element.fragment, next));
      if (end >= 0) bindings.set(element.name, { all: t, from: at, to: end });
      return end;
    }
    case "repeat":
      return matchRepeat(element, next, t, at, to, bindings);
    default:
      return -1; // only templates have others
  }
}

/** A `pat` that a `|` follows takes no alternatives: so it was before edition 2021. */
function fragmentBefore(fragment: string, next: Element | undefined): string {
  return fragment === "pat" && next?.is === "token" && next.text === "|" ? "pat_param" : fragment;
}

function matchRepeat(
  repeat: Element & { is: "repeat" },
  next: Element | undefined,
  t: Tokens,
  from: number,
  to: number,
  bindings: Bindings,
): number {
  const alone = loneVariable(repeat);
  if (alone?.fragment === "tt" && repeat.op !== "?")
    return matchTrees(alone.name, repeat.op, t, from, to, bindings);
  const times: Bindings[] = [];
  let at = from;
  let last = -1;
  for (;;) {
    const round = new Bindings();
    const first = times.length === 0;
    let span = readRound({ repeat, next, t, to, first }, at, round);
    if (span === undefined && last >= 0 && at < to) {
      const shorter = withoutEnd(repeat.body, t, last, at);
      if (shorter >= 0) span = readRound({ repeat, next, t, to, first }, shorter, round);
    }
    if (span === undefined) break;
    times.push(round);
    last = span.start;
    at = span.end;
    if (repeat.op === "?") break;
  }
  if (repeat.op === "+" && times.length === 0) return -1;
  // all variables of a repetition share its rounds: that is what makes them repeat together
  const shared = { times };
  for (const name of repeat.variables) bindings.set(name, shared);
  return at;
}

/** `$($rest:tt)*` takes all that is left, as most macros hand on what they do not read. */
function matchTrees(
  name: string,
  op: string,
  t: Tokens,
  from: number,
  to: number,
  bindings: Bindings,
): number {
  const endOf = (at: number): number => fragmentEnd(t, at, to, "tt");
  let at = from;
  for (let end = endOf(at); end >= 0; end = endOf(at)) at = end;
  if (op === "+" && at === from) return -1;
  bindings.set(name, new Run(name, { all: t, from, to: at }, endOf));
  return at;
}

interface Round {
  readonly repeat: Element & { is: "repeat" };
  readonly next: Element | undefined;
  readonly t: Tokens;
  readonly to: number;
  readonly first: boolean;
}

/** One more round of a repetition, behind its separator. */
function readRound(
  { repeat, next, t, to, first }: Round,
  at: number,
  bindings: Bindings,
): { start: number; end: number } | undefined {
  const start = first ? at : skipSeparator(repeat.separator, t, at, to);
  if (start < 0 || start > to) return undefined;
  // a literal token behind the repetition wins over one more round of a body that begins with anything
  if (repeat.separator.length === 0 && stopsAt(next, repeat.body[0], t, start)) return undefined;
  const end = matchElements(repeat.body, t, start, to, bindings);
  if (end < 0 || (end === start && repeat.separator.length === 0)) return undefined;
  return { start, end };
}

/** Where a round ends that leaves out what may stand at its end: `$(,)?` may have taken the separator. */
function withoutEnd(body: readonly Element[], t: Tokens, start: number, end: number): number {
  if (!isPlainOption(body.at(-1))) return -1;
  countRetry();
  const shorter = matchElements(body.slice(0, -1), t, start, end, new Bindings());
  return shorter < end ? shorter : -1;
}

function stopsAt(
  next: Element | undefined,
  first: Element | undefined,
  t: Tokens,
  at: number,
): boolean {
  return (
    next?.is === "token" &&
    first?.is === "variable" &&
    first.fragment !== "tt" &&
    t.text(at) === next.text
  );
}

function skipSeparator(
  separator: readonly { text: string }[],
  t: Tokens,
  at: number,
  to: number,
): number {
  let end = at;
  for (const { text } of separator) {
    if (end >= to || t.text(end) !== text) return -1;
    end++;
  }
  return end;
}
