import { ACTIVE_ALL, bothActive } from "../syntax/cfg-eval.ts";
import { answersTo } from "./answers.ts";
import { AsleepScope, crateOf, realScope } from "./asleep.ts";
import type { Entry, ItemRef, Scope, Target } from "./graph.ts";
import { climb, here, marked, outside } from "./heads.ts";
import { members } from "./members.ts";
import {
  fits,
  isRelative,
  moduleOf,
  narrow,
  notHidden,
  unique,
  visible,
  type Namespace,
} from "./targets.ts";
import { whileWaiting } from "./waiting.ts";

/** Longest path and deepest chain of imports that is followed: longer ones are loops made on purpose. */
export const MAX_HOPS = 64;
/** Longer paths, in characters, are made to cost time. */
const MAX_LENGTH = 2000;

/** What a path means in a scope; empty when it can't be told. Several answers come from alternatives under cfg. */
export function resolvePath(
  scope: Scope,
  path: readonly string[],
  ns: Namespace,
): readonly Target[] {
  return resolveText(scope, path.length === 1 ? path[0]! : path.join("::"), ns);
}

const SLOT: Readonly<Record<Namespace, number>> = { type: 0, value: 1, any: 2 };

/** The same for a path whose segments are joined by `::`: cheap when it was asked before. */
export function resolveText(scope: Scope, text: string, ns: Namespace): readonly Target[] {
  if (text.length > MAX_LENGTH) return NOTHING;
  if (scope instanceof AsleepScope) return resolveInside(scope, text, ns);
  const memo = (scope.memo[SLOT[ns]] ??= new Map<string, readonly Target[]>());
  scope.crate.asked?.add(scope);
  const known = memo.get(text);
  if (known !== undefined) return known;
  memo.set(text, NOTHING); // an import that leads back to itself means nothing
  const ask = () => fromBefore(scope, text, ns) ?? walk(scope, text.split("::"), ns, 0);
  const found = whileWaiting(ask) ?? NOTHING;
  if (found.length > 0) memo.set(text, found);
  return found;
}

function resolveInside(scope: AsleepScope, text: string, ns: Namespace): readonly Target[] {
  const ask = (real: Scope): readonly Target[] => resolveText(real, text, ns);
  return scope.crate.answers?.inside(scope, text, ns, ask) ?? ask(scope.real());
}

/** The answer from what is known of the path without its last segment; undefined when that was not found before. */
function fromBefore(scope: Scope, text: string, ns: Namespace): readonly Target[] | undefined {
  const cut = text.lastIndexOf("::");
  if (cut <= 0) return undefined;
  const known = scope.memo[SLOT.type]?.get(text.slice(0, cut));
  // one without a target may be waiting for this very answer
  const name = text.slice(cut + 2);
  if (known === undefined || known.length === 0) return undefined;
  return name === "super" ? undefined : stepFrom(known, name, ns, scope, 0);
}

const NOTHING: readonly Target[] = [];

function walk(
  scope: Scope,
  path: readonly string[],
  ns: Namespace,
  hops: number,
): readonly Target[] {
  if (hops > MAX_HOPS || path.length === 0 || path.length > MAX_HOPS) return [];
  const [first, rest] = start(scope, path, ns, hops);
  let targets = first;
  for (let k = 0; k < rest.length; k++) {
    const wanted = k === rest.length - 1 ? ns : "type";
    targets = stepFrom(targets, rest[k]!, wanted, scope, hops);
    if (targets.length === 0) break;
  }
  return targets;
}

function stepFrom(
  targets: readonly Target[],
  name: string,
  ns: Namespace,
  from: Scope,
  hops: number,
): readonly Target[] {
  if (targets.length === 1) return step(targets[0]!, name, ns, from, hops);
  return targets.flatMap((target) => step(target, name, ns, from, hops));
}

/** Resolve the head of a path. @returns its targets and the segments left */
function start(
  scope: Scope,
  path: readonly string[],
  ns: Namespace,
  hops: number,
): [readonly Target[], readonly string[]] {
  const [head = "", ...rest] = path;
  const crate = scope.crate;
  if (head === "") return [fromRoot(scope, rest, ns, hops), rest.slice(1)];
  if (head === "crate") return [here(crate.root), rest];
  if (head.startsWith("$crate#")) return [marked(crate, head), rest];
  if (head === "self") return [here(moduleOf(scope)), rest];
  if (head === "super") return climb(moduleOf(scope), path);
  return [lexical(scope, head, rest.length > 0 ? "type" : ns, hops), rest];
}

/** `::name`: a crate; in edition 2015 a name of the crate's root, which knows the crates as well. */
function fromRoot(
  scope: Scope,
  [name = "", ...rest]: readonly string[],
  ns: Namespace,
  hops: number,
): readonly Target[] {
  const { crate } = scope;
  const isOld = crate.edition === "2015";
  const wanted = rest.length > 0 ? "type" : ns;
  const own = isOld ? lookUp(crate.root, name, wanted, scope, hops, undefined) : NOTHING;
  return own.length > 0 ? own : outside(crate, name);
}

/** A bare name: bodies outward, then the module, then crates, then std. */
function lexical(scope: Scope, name: string, ns: Namespace, hops: number): readonly Target[] {
  for (
    let at: Scope | undefined = scope;
    at !== undefined;
    at = at.isBody ? at.parent : undefined
  ) {
    const found = lookUp(at, name, ns, scope, hops, undefined);
    if (found.length > 0) return found;
  }
  return ns === "value" ? [] : outside(scope.crate, name);
}

function step(
  target: Target,
  name: string,
  ns: Namespace,
  from: Scope,
  hops: number,
): readonly Target[] {
  if (target.kind === "std")
    return [{ kind: "std", path: `${target.path}::${name}`, active: target.active }];
  const found =
    target.kind === "scope"
      ? lookUp(target.scope, name, ns, from, hops, undefined)
      : membersOf(target.item, name, from);
  return target.active === ACTIVE_ALL ? found : found.map((next) => narrow(next, target.active));
}

/** Members of a type or trait, also of one in a crate that is asleep. */
function membersOf(item: ItemRef, name: string, from: Scope): readonly Target[] {
  const ask = (): readonly Target[] => members(item, name, typeAt);
  return answersTo(from.crate, crateOf(item))?.ofItem(item, name, ask) ?? ask();
}

const typeAt = (scope: Scope, path: string) => resolveText(scope, path, "type");

/** A name declared in, or imported into, one scope: explicit ones hide those of globs. */
function lookUp(
  scope: Scope,
  name: string,
  ns: Namespace,
  from: Scope,
  hops: number,
  seen: Set<Scope> | undefined,
): readonly Target[] {
  const answers = answersTo(from.crate, scope.crate);
  if (answers === undefined) return lookInto(realScope(scope), name, ns, from, hops, seen);
  // nothing in there leads back to who asks: neither what waits nor what was seen matters
  const ask = (real: Scope) => lookInto(real, name, ns, from, 0, undefined);
  return answers.inModule(scope, name, ns, ask);
}

function lookInto(
  scope: Scope,
  name: string,
  ns: Namespace,
  from: Scope,
  hops: number,
  seen: Set<Scope> | undefined,
): readonly Target[] {
  const explicit = declared(scope, name, ns, from, hops);
  if (scope.globs.length === 0) return unique(explicit);
  const wanted = notHidden(explicit, ns, scope.crate);
  if (wanted === undefined) return unique(explicit);
  const visited = seen ?? new Set<Scope>();
  if (visited.has(scope) || visited.size > 200) return unique(explicit);
  visited.add(scope);
  const found = [...explicit];
  for (const glob of scope.globs) {
    if (!visible(glob, from)) continue;
    for (const target of resolvePath(glob.scope, glob.path, "type")) {
      const inner =
        target.kind === "scope"
          ? lookUp(target.scope, name, wanted, glob.scope, hops, visited)
          : target.kind === "item"
            ? membersOf(target.item, name, glob.scope)
            : NOTHING;
      for (const next of inner) found.push(narrow(next, bothActive(glob.active, target.active)));
    }
  }
  return unique(found);
}

function declared(
  scope: Scope,
  name: string,
  ns: Namespace,
  from: Scope,
  hops: number,
): readonly Target[] {
  const entries = scope.entries.get(name);
  if (entries === undefined) return NOTHING;
  if (entries.length === 1) {
    const only = entries[0]!;
    return visible(only, from) ? open(only, ns, hops) : NOTHING;
  }
  return entries.flatMap((entry) => (visible(entry, from) ? open(entry, ns, hops) : NOTHING));
}

function open(entry: Entry, ns: Namespace, hops: number): readonly Target[] {
  const { is, active } = entry;
  if (is.kind === "scope")
    return ns === "value" ? [] : [{ kind: "scope", scope: is.scope, active }];
  if (is.kind === "crate")
    return ns === "value" ? [] : [{ kind: "scope", scope: is.crate.root, active }];
  if (is.kind === "std") return [{ kind: "std", path: is.path, active }];
  if (is.kind === "item") return fits(is.item, ns) ? [{ kind: "item", item: is.item, active }] : [];
  const found = followUse(entry.scope, is.path, ns, hops + 1);
  return active === ACTIVE_ALL ? found : found.map((target) => narrow(target, active));
}

/** In edition 2015 a `use` path starts at the crate's root. */
function followUse(
  scope: Scope,
  path: readonly string[],
  ns: Namespace,
  hops: number,
): readonly Target[] {
  if (hops > MAX_HOPS) return [];
  if (scope.crate.edition !== "2015" || isRelative(path[0]!)) return resolvePath(scope, path, ns);
  const atRoot = resolvePath(scope.crate.root, path, ns);
  return atRoot.length > 0 ? atRoot : resolvePath(scope, path, ns);
}
