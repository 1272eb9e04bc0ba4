import type { FileFacts } from "../extract/facts.ts";
import type { Active } from "../syntax/cfg-eval.ts";
import { AsleepItem } from "./asleep.ts";
import type {
  CallPlace,
  Crate,
  Entry,
  FileRef,
  Glob,
  ItemRef,
  MacroDef,
  Scope,
  Unit,
} from "./graph.ts";

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
  /** The depth at which the stack was empty. */
  start: number;
  /** Invocations that wait until the stack is empty again, each with its depth. */
  readonly deep: (PendingMacro & { readonly depth: number })[];
  /** How deep expansions may bring further ones. */
  readonly limit: number;
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
  call?: CallPlace,
): Unit {
  const size = facts.items.length;
  const unit: Unit = {
    crate,
    facts,
    base: itemCount(crate),
    file,
    active: new Uint8Array(size),
    scopes: Array<Scope | undefined>(size).fill(undefined),
    outer,
    expanded,
    call,
  };
  crate.units.push(unit);
  return unit;
}

/** Items of all units of a crate so far. */
export function itemCount({ units }: Crate): number {
  const last = units.at(-1);
  return last === undefined ? 0 : last.base + last.facts.items.length;
}

/** The number in its crate of an item; one that only stands for the place of an expansion counts as the item around it. */
export function numberOf(ref: ItemRef): number {
  // no name leads to what stands for a place
  if (ref instanceof AsleepItem) return ref.number;
  let { unit, index } = ref;
  while (index === 0 && unit.outer !== undefined) ({ unit, index } = unit.outer);
  return unit.base + index;
}

/** An empty scope. */
export function newScope(
  options: Pick<Scope, "crate" | "path" | "parent" | "isBody" | "place">,
): Scope {
  return { ...options, entries: NO_NAMES, globs: NO_GLOBS, macros: NO_NAMES, memo: [] };
}

/** A name that meant nothing may have been declared since: a module further down, a macro's items. */
export function forgetAnswers({ asked }: Crate): void {
  for (const { memo } of asked ?? []) memo.length = 0;
  asked?.clear();
}

const NO_NAMES: ReadonlyMap<string, never[]> = new Map();
const NO_GLOBS: readonly Glob[] = [];

/** Declare a name in a scope. */
export function addEntry(scope: Scope, name: string, entry: Entry): void {
  scope.entries = withOne(scope.entries, name, entry);
}

/** Make a macro known in a textual scope. */
export function addMacro(scope: Scope, def: MacroDef): void {
  scope.macros = withOne(scope.macros, def.name, def);
}

/** Add a glob import. */
export function addGlob(scope: Scope, glob: Glob): void {
  if (scope.globs === NO_GLOBS) scope.globs = [glob];
  else (scope.globs as Glob[]).push(glob);
}

function withOne<T>(
  table: ReadonlyMap<string, T[]>,
  name: string,
  value: T,
): ReadonlyMap<string, T[]> {
  const own = table === NO_NAMES ? new Map<string, T[]>() : (table as Map<string, T[]>);
  const list = own.get(name);
  if (list === undefined) own.set(name, [value]);
  else list.push(value);
  return own;
}

/** @param at offset of the last segment of the macro's path */
export function callPlace(path: string, at: number, file: number): CallPlace {
  const before = path.lastIndexOf(":") + 1;
  return { offset: at - before, length: path.length, file };
}

/** Whether an item's body has a scope to itself; else its names are looked up in the one around the item. */
export function hasOwnScope(unit: Unit, index: number): boolean {
  const scope = unit.scopes[index];
  const { parent } = unit.facts.items[index]!;
  const outer = parent < 0 ? unit.outer : undefined;
  const around = outer === undefined ? unit.scopes[parent] : outer.unit.scopes[outer.index];
  // an expansion without a scope of its own stands in the body that the macro is called in, which may have got one since
  return scope !== around && around?.parent !== scope;
}

/** The scope that a function's signature is read in. */
export function scopeAround(unit: Unit, index: number): Scope | undefined {
  const scope = unit.scopes[index];
  return scope?.isBody === true && hasOwnScope(unit, index) ? scope.parent : scope;
}

/** The scope of a body: made when nothing was declared in it before. */
export function bodyScope({ unit, index }: ItemRef): Scope {
  const scope = unit.scopes[index]!;
  const outer = unit.facts.items[index]!.parent < 0 ? unit.outer : undefined;
  if (hasOwnScope(unit, index)) return scope;
  if (outer !== undefined) return (unit.scopes[index] = bodyScope(outer));
  const { crate, path, place } = scope;
  return (unit.scopes[index] = newScope({ crate, path, parent: scope, isBody: true, place }));
}

/** `#[macro_use] mod macros;`: its macros count in the module around it. */
export function shareMacros(from: Scope, to: Scope): void {
  for (const [, defs] of from.macros) for (const def of defs) addMacro(to, def);
}
