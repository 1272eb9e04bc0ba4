import type { FileFacts } from "../extract/facts.ts";
import type { Active } from "../syntax/cfg-eval.ts";
import type { Crate, FileRef, ItemRef, Scope, Unit } from "./graph.ts";

/** A macro invocation at item position. */
export interface PendingMacro extends ItemRef {
  readonly scope: Scope;
  readonly active: Active;
}

/** What is shared while one crate's modules are laid out. */
export interface Collector {
  readonly crate: Crate;
  readonly files: (FileRef | undefined)[];
  readonly pending: PendingMacro[];
  /** Depth of macros that bring macros. */
  depth: number;
  /** Tokens that expansions brought, and files that were laid out: neither may grow without an end. */
  tokens: number;
  laidOut: number;
  /** Declare the items of a unit that a macro brought. */
  readonly declare: (unit: Unit, scope: Scope, active: Active) => void;
}

/** A unit without anything declared yet; it belongs to its crate from now on. */
export function newUnit(
  crate: Crate,
  facts: FileFacts,
  file: number,
  outer: ItemRef | undefined,
  expanded: boolean,
): Unit {
  const size = facts.items.length;
  const unit: Unit = {
    crate,
    facts,
    file,
    active: new Uint8Array(size),
    scopes: Array.from({ length: size }),
    outer,
    expanded,
  };
  crate.units.push(unit);
  return unit;
}

/** An empty scope. */
export function newScope(
  options: Pick<Scope, "crate" | "path" | "parent" | "isBody" | "place">,
): Scope {
  return { ...options, entries: new Map(), globs: [], macros: new Map(), memo: [] };
}
