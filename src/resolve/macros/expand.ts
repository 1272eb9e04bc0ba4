import type { Tokens } from "../../syntax/tokens.ts";
import { fragmentEnd } from "./fragments.ts";
import type { Element, MacroRule } from "./pattern.ts";
import { TokenSink, type Slice } from "./tokens.ts";
import { Bindings } from "./bindings.ts";
import { transcribe, type Origin } from "./transcribe.ts";

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
  for (const rule of rules) {
    const bindings = new Bindings();
    const end = matchElements(rule.pattern, input.all, input.from, input.to, bindings);
    if (end !== input.to) continue;
    const sink = new TokenSink();
    transcribe(rule.template(), rule.tokens, bindings, sink, origin);
    return sink.finish();
  }
  return undefined;
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
      return matchElements(element.body, t, at + 1, close, bindings) === close ? close + 1 : -1;
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
  const times: Bindings[] = [];
  let at = from;
  for (;;) {
    let start = at;
    if (times.length > 0) {
      start = skipSeparator(repeat.separator, t, at, to);
      if (start < 0) break;
    }
    // a literal token behind the repetition wins over one more round of a body that begins with anything
    if (repeat.separator.length === 0 && stopsAt(next, repeat.body[0], t, start)) break;
    const round = new Bindings();
    const end = start > to ? -1 : matchElements(repeat.body, t, start, to, round);
    if (end < 0 || (end === start && repeat.separator.length === 0)) break;
    times.push(round);
    at = end;
    if (repeat.op === "?") break;
  }
  if (repeat.op === "+" && times.length === 0) return -1;
  // all variables of a repetition share its rounds: that is what makes them repeat together
  const shared = { times };
  for (const name of repeat.variables) bindings.set(name, shared);
  return at;
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
