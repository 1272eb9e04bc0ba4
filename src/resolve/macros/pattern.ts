import { T, type Tokens } from "../../syntax/tokens.ts";
import type { Slice } from "./tokens.ts";

/** One element of a macro rule, on either side of its arrow. */
export type Element =
  /** Of a pattern. */
  | { readonly is: "token"; readonly index: number; readonly text: string }
  /** Of a template: tokens that are written as they are, from `from` to before `to`. */
  | { readonly is: "run"; readonly from: number; to: number }
  /** Of a template: `$crate`, by the index of the word. */
  | { readonly is: "crate"; readonly index: number }
  | {
      readonly is: "group";
      readonly open: number;
      readonly close: number;
      readonly delimiter: string;
      readonly body: readonly Element[];
    }
  | {
      readonly is: "variable";
      readonly name: string;
      readonly fragment: string;
      readonly index: number;
    }
  | {
      readonly is: "repeat";
      readonly body: readonly Element[];
      readonly separator: readonly { readonly index: number; readonly text: string }[];
      readonly op: "*" | "+" | "?";
      /** Names of the variables inside, at any depth. */
      readonly variables: readonly string[];
    };

/** The variable that is all there is in a repetition without separators: `$($rest)*`. */
export function loneVariable({
  body,
  separator,
}: Element & { is: "repeat" }): (Element & { is: "variable" }) | undefined {
  const [only, second] = body;
  if (only?.is !== "variable" || second !== undefined || separator.length > 0) return undefined;
  return only;
}

export interface MacroRule {
  readonly tokens: Tokens;
  readonly pattern: readonly Element[];
  /** Read when it is first asked for: most rules of large macros fit to nothing. */
  template(): readonly Element[];
}

/** The rules of `macro_rules! { (pattern) => { template }; … }`. */
export function readRules(slice: Slice): MacroRule[] {
  const { all: tokens } = slice;
  const rules: MacroRule[] = [];
  let at = slice.from;
  while (at < slice.to) {
    if (tokens.kind[at] !== T.open) {
      at++;
      continue;
    }
    const patternEnd = tokens.match[at]!;
    let open = patternEnd + 1;
    while (open < slice.to && tokens.kind[open] !== T.open) open++;
    if (open >= slice.to) break;
    const templateEnd = tokens.match[open]!;
    rules.push(newRule(tokens, { at, patternEnd, open, templateEnd }));
    at = templateEnd + 1;
  }
  return rules;
}

function newRule(
  tokens: Tokens,
  {
    at,
    patternEnd,
    open,
    templateEnd,
  }: Record<"at" | "patternEnd" | "open" | "templateEnd", number>,
): MacroRule {
  let template: readonly Element[] | undefined;
  return {
    tokens,
    pattern: readElements(tokens, at + 1, patternEnd, true),
    template: () => (template ??= readElements(tokens, open + 1, templateEnd, false)),
  };
}

/** Nesting beyond this is left out: hostile input must not exhaust the stack. */
const MAX_DEPTH = 128;
let depth = 0;

function readElements(t: Tokens, from: number, to: number, inPattern: boolean): Element[] {
  const elements: Element[] = [];
  if (depth > MAX_DEPTH) return elements;
  depth++;
  let at = from;
  while (at < to) at = readElement(t, at, to, inPattern, elements);
  depth--;
  return elements;
}

function readElement(
  t: Tokens,
  at: number,
  to: number,
  inPattern: boolean,
  out: Element[],
): number {
  if (t.kind[at] === T.open) {
    const close = t.match[at]!;
    out.push({
      is: "group",
      open: at,
      close,
      delimiter: t.text(at),
      body: readElements(t, at + 1, close, inPattern),
    });
    return close + 1;
  }
  if (t.text(at) === "$" && at + 1 < to) {
    if (t.text(at + 1) === "(" && t.kind[at + 1] === T.open)
      return readRepeat(t, at + 1, to, inPattern, out);
    const isWord = t.kind[at + 1] === T.ident;
    if (isWord && t.text(at + 1) !== "crate") return readVariable(t, at + 1, to, inPattern, out);
    if (isWord && !inPattern) {
      out.push({ is: "crate", index: at + 1 });
      return at + 2;
    }
  }
  if (inPattern) out.push({ is: "token", index: at, text: t.text(at) });
  else addToRun(out, at);
  return at + 1;
}

function addToRun(out: Element[], at: number): void {
  const last = out.at(-1);
  if (last?.is === "run" && last.to === at) last.to = at + 1;
  else out.push({ is: "run", from: at, to: at + 1 });
}

function readVariable(
  t: Tokens,
  at: number,
  to: number,
  inPattern: boolean,
  out: Element[],
): number {
  const name = t.text(at);
  const typed = inPattern && t.text(at + 1) === ":" && at + 2 < to;
  out.push({ is: "variable", name, fragment: typed ? t.text(at + 2) : "", index: at });
  return at + (typed ? 3 : 1);
}

/** `$( … ) separator op`; the cursor stands at the opening parenthesis. */
function readRepeat(
  t: Tokens,
  open: number,
  to: number,
  inPattern: boolean,
  out: Element[],
): number {
  const close = t.match[open]!;
  const body = readElements(t, open + 1, close, inPattern);
  const variables = variablesOf(body);
  const separator: { index: number; text: string }[] = [];
  let at = close + 1;
  // a separator is one token, or two where the lexer does not glue (`&&`, `||`)
  while (at < to && separator.length < 3) {
    const text = t.text(at);
    const op = text === "*" || text === "+" || text === "?";
    if (op) {
      out.push({ is: "repeat", body, separator, op: text, variables });
      return at + 1;
    }
    separator.push({ index: at, text });
    at++;
  }
  out.push({ is: "repeat", body, separator: [], op: "*", variables });
  return close + 1;
}

function variablesOf(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    if (element.is === "variable") return [element.name];
    if (element.is === "repeat") return element.variables;
    return element.is === "group" ? variablesOf(element.body) : [];
  });
}
