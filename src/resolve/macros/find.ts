import { resolvePath } from "../names.ts";
import { surelyActive } from "../../syntax/cfg-eval.ts";
import { answersTo } from "../answers.ts";
import { realScope } from "../asleep.ts";
import type { Crate, MacroDef, Scope } from "../graph.ts";

/** The file that an invocation was written in, and where in there. */
interface CallPlace {
  readonly file: number;
  readonly at: number;
}

/** The definitions that an invocation may mean; several when cfg alternatives define it. */
export function findMacros(
  scope: Scope,
  path: readonly string[],
  from?: CallPlace,
): readonly MacroDef[] {
  const name = path.at(-1)!;
  const found = path.length === 1 ? byScope(scope, name) : byPath(scope, path, name, new Set());
  return bestFirst(from !== undefined && found.length > 1 ? notHidden(found, from) : found);
}

/** A macro that is defined once more hides the one before, from there on. */
function notHidden(defs: readonly MacroDef[], { file, at }: CallPlace): readonly MacroDef[] {
  const isAbove = (def: MacroDef): boolean => def.file !== file || def.at <= at;
  const inForce = defs.findLastIndex((def) => surelyActive(def.active) && isAbove(def));
  if (inForce < 0) return defs;
  const { scope } = defs[inForce]!;
  // behind the one that surely is there, others may be there
  return defs.filter(
    (def, k) =>
      k === inForce ||
      def.scope !== scope ||
      (k > inForce && !surelyActive(def.active) && isAbove(def)),
  );
}

/** Textual scope, imports, `#[macro_use]` crates, then any macro of that name in the crate. */
function byScope(scope: Scope, name: string): readonly MacroDef[] {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const defs = at.macros.get(name);
    if (defs !== undefined && defs.length > 0) return defs;
  }
  const imported = byImport(scope, name, new Set());
  if (imported.length > 0 || isOfStd(scope, name)) return imported;
  for (const crate of scope.crate.macroUse) {
    const defs = macrosOf(crate, name, scope.crate);
    if (defs.length > 0) return defs;
  }
  return scope.crate.macros.get(name) ?? exportedAnywhere(scope.crate, name);
}

const STD = new Set(["std", "core", "alloc"]);

/** `use std::pin::pin;`: a macro of that name elsewhere is another one. */
function isOfStd(scope: Scope, name: string): boolean {
  for (
    let at: Scope | undefined = scope;
    at !== undefined;
    at = at.isBody ? at.parent : undefined
  ) {
    const entries = at.entries.get(name) ?? [];
    if (entries.some(({ is }) => is.kind === "use" && STD.has(is.path[0]!))) return true;
  }
  return false;
}

/** `#[macro_export(local_inner_macros)]`: names in an expansion are those of the macro's crate, wherever that is. */
function exportedAnywhere(crate: Crate, name: string): readonly MacroDef[] {
  for (const other of crate.all) {
    const defs = other.exports(name) ? exportedBy(other, name, crate) : NONE;
    if (defs.length > 0) return defs;
  }
  return [];
}

/** `use path::to::name;` in this scope or around it; `use path::*` too. */
function byImport(scope: Scope, name: string, seen: Set<Scope>): readonly MacroDef[] {
  for (
    let at: Scope | undefined = scope;
    at !== undefined;
    at = at.isBody ? at.parent : undefined
  ) {
    const defs = declaredIn(at, name, seen);
    if (defs.length > 0) return defs;
  }
  return [];
}

function declaredIn(scope: Scope, name: string, seen: Set<Scope>): readonly MacroDef[] {
  if (seen.has(scope)) return [];
  seen.add(scope);
  for (const entry of scope.entries.get(name) ?? []) {
    if (entry.is.kind !== "use") continue;
    const { path } = entry.is;
    const real = path.at(-1)!;
    const defs =
      path.length < 2 ? byText(entry.scope, real) : byPath(entry.scope, path, real, seen);
    if (defs.length > 0) return defs;
  }
  for (const glob of scope.globs) {
    for (const target of resolvePath(glob.scope, glob.path, "type")) {
      if (target.kind !== "scope") continue;
      const defs = inScope(target.scope, name, seen, scope.crate);
      if (defs.length > 0) return defs;
    }
  }
  return [];
}

/** `pub use __name as name;`: what is defined above in the file, or exported by the crate. */
function byText(scope: Scope, name: string): readonly MacroDef[] {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const defs = at.macros.get(name);
    if (defs !== undefined && defs.length > 0) return defs;
  }
  return scope.crate.exported.get(name) ?? [];
}

function byPath(
  scope: Scope,
  path: readonly string[],
  name: string,
  seen: Set<Scope>,
): readonly MacroDef[] {
  for (const target of resolvePath(scope, path.slice(0, -1), "type")) {
    if (target.kind !== "scope") continue;
    const defs = inScope(target.scope, name, seen, scope.crate);
    if (defs.length > 0) return defs;
  }
  return [];
}

/** Macros of a module. @param asker the crate that asks */
function inScope(scope: Scope, name: string, seen: Set<Scope>, asker: Crate): readonly MacroDef[] {
  const answers = answersTo(asker, scope.crate);
  if (answers === undefined) return within(realScope(scope), name, seen);
  return answers.macrosIn(scope, name, (real) => within(real, name, new Set()));
}

function within(scope: Scope, name: string, seen: Set<Scope>): readonly MacroDef[] {
  if (scope === scope.crate.root) {
    const exported = scope.crate.exported.get(name);
    if (exported !== undefined) return exported;
  }
  const own = scope.macros.get(name);
  if (own !== undefined) return own;
  const declared = declaredIn(scope, name, seen);
  return declared.length > 0 ? declared : crateMacros(scope.crate, name);
}

function macrosOf(crate: Crate, name: string, asker: Crate): readonly MacroDef[] {
  const ask = (): readonly MacroDef[] => crateMacros(crate, name);
  return answersTo(asker, crate)?.macrosOf("all", name, ask) ?? ask();
}

function exportedBy(crate: Crate, name: string, asker: Crate): readonly MacroDef[] {
  const ask = (): readonly MacroDef[] => crate.exported.get(name) ?? NONE;
  return answersTo(asker, crate)?.macrosOf("exported", name, ask) ?? ask();
}

const NONE: readonly MacroDef[] = [];

function crateMacros(crate: Crate, name: string): readonly MacroDef[] {
  return crate.exported.get(name) ?? crate.macros.get(name) ?? [];
}

/** A definition that is surely there hides the ones that are not. */
function bestFirst(defs: readonly MacroDef[]): readonly MacroDef[] {
  return defs.length > 1 ? [...defs].sort((a, b) => b.active - a.active).slice(0, 4) : defs;
}
