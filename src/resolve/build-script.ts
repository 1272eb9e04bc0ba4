import { lex } from "../syntax/lexer.ts";
import { readCfg, readCfgList, type CfgExpr } from "../syntax/cfg.ts";
import { evalCfg, NO, UNKNOWN, type CfgWorld, type Truth } from "../syntax/cfg-eval.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import { holdsInOrder } from "../util/parts.ts";

/** What is known of the cfgs that a package's build script sets; `outer` answers for everything else. */
export type BuildScriptCfgs = (name: string, value: string | undefined, outer: CfgWorld) => Truth;

/** Aliases of one script that are looked into. */
const MAX_ALIASES = 300;

/**
 * What the text of a build script tells without being run.
 *
 * An alias declared by `cfg_aliases! { name: { predicate }, … }` is that predicate. A name that the script neither
 * writes nor puts together can't come from it. All else is unknown.
 *
 * @param text source of the build script; undefined when the package has none
 * @param known predicates of cfgs that somebody has read out of the script, by name; they go first
 */
export function cfgsOfBuildScript(
  text: string | undefined,
  known: Readonly<Record<string, string>> = {},
): BuildScriptCfgs {
  if (text === undefined) return () => NO;
  if (!/rustc-cfg|autocfg|rustc_cfg|cfg_aliases|emit_/.test(text)) return () => NO;
  const aliases = aliasesOf(lex(text));
  for (const [name, predicate] of Object.entries(known)) {
    const tokens = lex(predicate);
    aliases.set(name, readCfg(tokens, 0, tokens.n).expr);
  }
  const words = new Set(text.match(/\w+/g));
  const composed = composedIn(text);
  const features = featuresIn(text);
  const mayWrite = (value: string): boolean =>
    (value.match(/\w+/g) ?? []).every((word) => words.has(word));
  const answers = new Map<CfgWorld, Map<string, Truth>>();
  return (name, value, outer) => {
    const alias = value === undefined ? aliases.get(name) : undefined;
    if (alias !== undefined) return ofAlias(name, alias, outer);
    if (name === "feature" && features !== undefined && !features.has(value ?? "")) return NO;
    if (value === undefined && composed.some((parts) => isMadeOf(name, parts))) return UNKNOWN;
    return words.has(name) && (value === undefined || mayWrite(value)) ? UNKNOWN : NO;
  };

  function ofAlias(name: string, alias: CfgExpr, outer: CfgWorld): Truth {
    const known = answers.get(outer) ?? new Map<string, Truth>();
    answers.set(outer, known);
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, UNKNOWN); // an alias made of itself
    const truth = known.size > MAX_ALIASES ? UNKNOWN : evalCfg(alias, outer);
    known.set(name, truth);
    return truth;
  }
}

/** Names that calls of autocfg put together, as parts around what is computed. */
const AUTOCFG: readonly (readonly [call: string, parts: readonly string[]])[] = [
  ["emit_rustc_version", ["rustc_", "_", ""]],
  ["emit_has_", ["has_", ""]],
  ["emit_sysroot_crate", ["has_", ""]],
];

/**
 * Names that the script puts together, as parts around what is computed: `rustc-cfg=lib_{major}_{minor}`. Where all of
 * it is computed (`rustc-cfg={name}`) the words of the script have to do.
 */
function composedIn(text: string): (readonly string[])[] {
  const written = [...text.matchAll(/\brustc-cfg=([^"\\=\s]*)/g)].map(([, name = ""]) =>
    name.split(/\{[^{}]*\}/),
  );
  const telling = written.filter((parts) => parts.length > 1 && /[a-z]{2}/i.test(parts.join("")));
  const called = AUTOCFG.filter(([call]) => text.includes(call)).map(([, parts]) => parts);
  return [...telling, ...called];
}

function isMadeOf(name: string, [first = "", ...rest]: readonly string[]): boolean {
  return name.startsWith(first) && holdsInOrder(name.slice(first.length), rest);
}

/** Features are cargo's to set: a script that sets one writes so. @returns undefined when it may set any */
function featuresIn(text: string): ReadonlySet<string> | undefined {
  const named = [...text.matchAll(/\bfeature=(?:\\?"([\w+.-]+)\\?")?/g)].map((match) => match[1]);
  const known = named.flatMap((name) => name ?? []);
  return known.length === named.length ? new Set(known) : undefined;
}

function aliasesOf(t: Tokens): Map<string, CfgExpr> {
  const aliases = new Map<string, CfgExpr>();
  for (let at = 0; at + 2 < t.n; at++) {
    if (t.text(at) !== "cfg_aliases" || t.text(at + 1) !== "!" || t.kind[at + 2] !== T.open)
      continue;
    readAliases(t, at + 3, t.match[at + 2]!, aliases);
  }
  return aliases;
}

/** `name: { predicate },` again and again */
function readAliases(t: Tokens, from: number, to: number, aliases: Map<string, CfgExpr>): void {
  for (let at = from; at + 2 < to; at++) {
    if (t.kind[at] !== T.ident || t.text(at + 1) !== ":" || t.text(at + 2) !== "{") continue;
    const close = t.match[at + 2]!;
    const [predicate] = readCfgList(t, at + 3, close);
    if (predicate !== undefined) aliases.set(t.text(at), predicate);
    at = close;
  }
}
