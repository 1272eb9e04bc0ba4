import { T, type Tokens } from "./tokens.ts";

/** A cfg predicate as written; `true` and `false` are `all()` and `any()`. */
export type CfgExpr =
  | { readonly op: "all" | "any"; readonly args: readonly CfgExpr[] }
  | { readonly op: "not"; readonly arg: CfgExpr }
  | { readonly op: "is"; readonly name: string; readonly value?: string };

/** The predicate that always holds. */
export const ALWAYS: CfgExpr = { op: "all", args: [] };
/** The predicate that never holds. */
export const NEVER: CfgExpr = { op: "any", args: [] };

/** A conjunction longer than this, or deeper nesting, is no program's: what is beyond does not count. */
const MAX_ARGS = 256;
const MAX_DEPTH = 64;

/** Both hold; nested conjunctions are laid flat. */
export function and(a: CfgExpr | undefined, b: CfgExpr | undefined): CfgExpr | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const args = [...(a.op === "all" ? a.args : [a]), ...(b.op === "all" ? b.args : [b])];
  if (args.length > MAX_ARGS) return a;
  return args.length === 1 ? args[0] : { op: "all", args };
}

/** The predicate does not hold. */
export function not(arg: CfgExpr): CfgExpr {
  return arg.op === "not" ? arg.arg : { op: "not", arg };
}

/** Text as a Rust author would write it, for messages. */
export function printCfg(expr: CfgExpr): string {
  if (expr.op === "is")
    return expr.value === undefined ? expr.name : `${expr.name} = ${JSON.stringify(expr.value)}`;
  if (expr.op === "not") return `not(${printCfg(expr.arg)})`;
  return `${expr.op}(${expr.args.map(printCfg).join(", ")})`;
}

/**
 * Read one predicate from tokens[from, to).
 * @returns the predicate and the index behind it; a predicate that makes no sense becomes an unknown atom.
 */
export function readCfg(
  tokens: Tokens,
  from: number,
  to: number,
  depth = 0,
): { expr: CfgExpr; next: number } {
  if (from >= to || tokens.kind[from] !== T.ident || depth > MAX_DEPTH)
    return { expr: { op: "is", name: "?" }, next: from + 1 };
  const name = tokens.text(from);
  const next = from + 1;
  if (next < to && tokens.kind[next] === T.open) {
    const close = tokens.match[next]!;
    return { expr: group(name, readCfgList(tokens, next + 1, close, depth + 1)), next: close + 1 };
  }
  if (next + 1 < to && tokens.text(next) === "=") {
    return { expr: { op: "is", name, value: unquote(tokens.text(next + 1)) }, next: next + 2 };
  }
  if (name === "true") return { expr: ALWAYS, next };
  if (name === "false") return { expr: NEVER, next };
  return { expr: { op: "is", name }, next };
}

/** Predicates separated by commas in tokens[from, to). */
export function readCfgList(tokens: Tokens, from: number, to: number, depth = 0): CfgExpr[] {
  const list: CfgExpr[] = [];
  let at = from;
  while (at < to) {
    const read = readCfg(tokens, at, to, depth);
    list.push(read.expr);
    at = Math.max(read.next, at + 1);
    while (at < to && !tokens.is(at, ","))
      at = tokens.kind[at] === T.open ? tokens.match[at]! + 1 : at + 1;
    at++;
  }
  return list;
}

function group(name: string, args: CfgExpr[]): CfgExpr {
  if (name === "all" || name === "any") return { op: name, args };
  if (name === "not" && args.length === 1) return not(args[0]!);
  // `target(os = "linux")`, `version("1.70")`, `accessible(…)`: nothing that stable Rust decides
  return { op: "is", name: `${name}(…)` };
}

/** The value of a string literal without escapes resolved; other text as it is. */
export function unquote(text: string): string {
  const match = /^(?:b|c|r|br|cr)?(#*)"([\s\S]*)"\1$/.exec(text);
  return match === null ? text : match[2]!;
}
