import type { Tokens } from "../../syntax/tokens.ts";
import type { Element } from "./pattern.ts";
import type { Slice, TokenSink } from "./tokens.ts";

/** What a variable of a rule stands for: tokens, or one binding per repetition. */
export type Binding = Slice | { readonly times: Bindings[] };
export type Bindings = Map<string, Binding>;

/** An expansion may not have more tokens than this. */
const MAX_TOKENS = 400_000;

export class ExpansionError extends Error {}

/** Where a macro was written. */
export interface Origin {
  /** What `$crate` becomes: a word that name resolution knows as the macro's crate. */
  readonly crateMark: string;
  /** `#[macro_export(local_inner_macros)]`: `$crate::` stands before each macro that a template calls. */
  readonly localInner: boolean;
}

/** Write the template with the variables' tokens; the innermost repetition's bindings come first in `scopes`. */
export function transcribe(
  template: readonly Element[],
  t: Tokens,
  scopes: readonly Bindings[],
  sink: TokenSink,
  origin: Origin,
): void {
  if (sink.size > MAX_TOKENS) throw new ExpansionError("too many tokens");
  for (let k = 0; k < template.length; k++) {
    const element = template[k]!;
    if (element.is === "group") {
      sink.copy(t, element.open, element.delimiter);
      transcribe(element.body, t, scopes, sink, origin);
      sink.copy(t, element.close);
    } else if (element.is === "variable") writeVariable(element, t, scopes, sink);
    else if (element.is === "repeat") writeRepeat(element, t, scopes, sink, origin);
    else if (element.text === "$" && isCrate(template[k + 1])) {
      sink.copy(t, element.index + 1, origin.crateMark);
      k++;
    } else {
      if (origin.localInner && callsMacro(template, k))
        sink.qualify(t, element.index, origin.crateMark);
      sink.copy(t, element.index, element.text);
    }
  }
}

/** `name!(…)` without a path before it. */
function callsMacro(template: readonly Element[], k: number): boolean {
  const [before, name, bang, group] = [
    template[k - 1],
    template[k],
    template[k + 1],
    template[k + 2],
  ];
  if (group?.is !== "group" || bang?.is !== "token" || bang.text !== "!") return false;
  if (before?.is === "token" && (before.text === "::" || before.text === "$")) return false;
  return name?.is === "token" && /^[A-Za-z_]/.test(name.text);
}

function isCrate(element: Element | undefined): boolean {
  return element?.is === "token" && element.text === "crate";
}

function lookUp(scopes: readonly Bindings[], name: string): Binding | undefined {
  for (const scope of scopes) {
    const binding = scope.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** A name that the pattern does not bind belongs to a macro that the expansion defines. */
function writeVariable(
  element: Element & { is: "variable" },
  t: Tokens,
  scopes: readonly Bindings[],
  sink: TokenSink,
): void {
  const binding = lookUp(scopes, element.name);
  if (binding !== undefined && "all" in binding) return sink.copySlice(binding);
  sink.copy(t, element.index - 1);
  sink.copy(t, element.index);
}

function writeRepeat(
  repeat: Element & { is: "repeat" },
  t: Tokens,
  scopes: readonly Bindings[],
  sink: TokenSink,
  origin: Origin,
): void {
  const repeated = repeatedBy(repeat, scopes);
  let rounds = 0;
  for (const times of repeated) if (times.length > rounds) rounds = times.length;
  for (let round = 0; round < rounds; round++) {
    const inner =
      repeated.length === 1
        ? repeated[0]![round]!
        : joined(repeated.flatMap((times) => times[round] ?? []));
    if (round > 0) for (const { index } of repeat.separator) sink.copy(t, index);
    transcribe(repeat.body, t, [inner, ...scopes], sink, origin);
  }
}

/** The repetitions that the variables inside one take part in, each once: nearly always a single one. */
function repeatedBy(
  { variables }: Element & { is: "repeat" },
  scopes: readonly Bindings[],
): (readonly Bindings[])[] {
  const repeated: (readonly Bindings[])[] = [];
  for (const name of variables) {
    const binding = lookUp(scopes, name);
    if (binding !== undefined && "times" in binding && !repeated.includes(binding.times))
      repeated.push(binding.times);
  }
  return repeated;
}

function joined(rounds: readonly Bindings[]): Bindings {
  if (rounds.length === 1) return rounds[0]!;
  return new Map(rounds.flatMap((round) => [...round]));
}
