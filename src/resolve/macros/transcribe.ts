import { T, type Tokens } from "../../syntax/tokens.ts";
import { loneVariable, type Element } from "./pattern.ts";
import type { Slice, TokenSink } from "./tokens.ts";
import { Run, type Binding, type Bindings } from "./bindings.ts";

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

/** Write the template with the variables' tokens. */
export function transcribe(
  template: readonly Element[],
  t: Tokens,
  bindings: Bindings,
  sink: TokenSink,
  origin: Origin,
): void {
  if (sink.size > MAX_TOKENS) throw new ExpansionError("too many tokens");
  for (const element of template) {
    switch (element.is) {
      case "run":
        writeRun(element.from, element.to, t, sink, origin);
        break;
      case "group":
        sink.copy(t, element.open, element.delimiter);
        transcribe(element.body, t, bindings, sink, origin);
        sink.copy(t, element.close);
        break;
      case "variable":
        writeVariable(element, t, bindings, sink);
        break;
      case "repeat":
        writeRepeat(element, t, bindings, sink, origin);
        break;
      case "crate":
        sink.copy(t, element.index, origin.crateMark);
        break;
    }
  }
}

function writeRun(from: number, to: number, t: Tokens, sink: TokenSink, origin: Origin): void {
  if (!origin.localInner) return sink.copyRun(t, from, to);
  for (let at = from; at < to; at++) {
    if (callsMacro(t, at)) sink.qualify(t, at, origin.crateMark);
    sink.copy(t, at);
  }
}

/** `name!(…)` without a path before it. */
function callsMacro(t: Tokens, at: number): boolean {
  if (t.kind[at] !== T.ident || !t.is(at + 1, "!") || t.kind[at + 2] !== T.open) return false;
  return at === 0 || !(t.is(at - 1, "::") || t.is(at - 1, "$"));
}

/** Few words may ask for a long slice many times. */
function writeSlice({ all, from, to }: Slice, sink: TokenSink): void {
  if (sink.size + to - from > MAX_TOKENS) throw new ExpansionError("too many tokens");
  sink.copyRun(all, from, to);
}

/** A name that the pattern does not bind belongs to a macro that the expansion defines. */
function writeVariable(
  element: Element & { is: "variable" },
  t: Tokens,
  bindings: Bindings,
  sink: TokenSink,
): void {
  const binding = bindings.get(element.name);
  if (binding !== undefined && "all" in binding) return writeSlice(binding, sink);
  sink.copy(t, element.index - 1);
  sink.copy(t, element.index);
}

function writeRepeat(
  repeat: Element & { is: "repeat" },
  t: Tokens,
  bindings: Bindings,
  sink: TokenSink,
  origin: Origin,
): void {
  const alone = loneVariable(repeat);
  const binding = alone === undefined ? undefined : bindings.get(alone.name);
  if (binding instanceof Run) return writeSlice(binding.whole, sink);
  const repeated = repeatedBy(repeat, bindings);
  let rounds = 0;
  for (const times of repeated) if (times.length > rounds) rounds = times.length;
  for (let round = 0; round < rounds; round++) {
    let inner = bindings;
    for (let k = repeated.length - 1; k >= 0; k--)
      inner = repeated[k]![round]?.inside(inner) ?? inner;
    if (round > 0) for (const { index } of repeat.separator) sink.copy(t, index);
    transcribe(repeat.body, t, inner, sink, origin);
  }
}

/** The repetitions that the variables inside one take part in, each once: nearly always a single one. */
function repeatedBy(
  { variables }: Element & { is: "repeat" },
  bindings: Bindings,
): (readonly Bindings[])[] {
  const repeated: (readonly Bindings[])[] = [];
  for (const name of variables) {
    const binding: Binding | undefined = bindings.get(name);
    if (binding !== undefined && "times" in binding && !repeated.includes(binding.times))
      repeated.push(binding.times);
  }
  return repeated;
}
