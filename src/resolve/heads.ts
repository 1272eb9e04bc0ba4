import { ACTIVE_ALL } from "../syntax/cfg-eval.ts";
import type { Crate, Scope, Target } from "./graph.ts";
import { moduleOf } from "./targets.ts";

/** A scope as what a path means so far. */
export function here(scope: Scope | undefined): readonly Target[] {
  return scope === undefined ? [] : [{ kind: "scope", scope, active: ACTIVE_ALL }];
}

/** `super::super::name`: the module that it leads to, and what is left of the path. */
export function climb(
  scope: Scope,
  path: readonly string[],
): [readonly Target[], readonly string[]] {
  let at: Scope | undefined = scope;
  let used = 0;
  while (path[used] === "super" && at !== undefined) {
    at = at.parent === undefined ? undefined : moduleOf(at.parent);
    used++;
  }
  return [here(at), path.slice(used)];
}

/** `$crate#7`: the crate that a macro was written in. */
export function marked(crate: Crate, head: string): readonly Target[] {
  return here(crate.all[Number(head.slice("$crate#".length))]?.root);
}

/** Crates of the sysroot that are known without an import. */
const SYSROOT = new Set(["std", "core", "alloc"]);

/** A crate by name: dependencies, then `extern crate` items of the root, then the sysroot. */
export function outside(crate: Crate, name: string): readonly Target[] {
  const found = crate.externs.get(name);
  if (found !== undefined) return here(found.root);
  for (const { is, active } of crate.root.entries.get(name) ?? []) {
    if (is.kind === "crate") return [{ kind: "scope", scope: is.crate.root, active }];
    if (is.kind === "std") return [{ kind: "std", path: is.path, active }];
  }
  return SYSROOT.has(name) ? [{ kind: "std", path: name, active: ACTIVE_ALL }] : [];
}
