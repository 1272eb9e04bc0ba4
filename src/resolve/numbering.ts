import type { Crate, ItemRef, Scope } from "./graph.ts";

/** An item by its number in its crate: `Unit.base` and its place in the unit together. Throws when there is none. */
export function itemAt({ units, package: pkg }: Crate, number: number): ItemRef {
  const unit = units.findLast(({ base }) => base <= number);
  if (unit === undefined || number >= unit.base + unit.facts.items.length)
    throw new RangeError(`${pkg} has no item ${number}`);
  return { unit, index: number - unit.base };
}

/** Modules of a crate by what names them from one run to the next. */
interface Modules {
  /** How many units the crate had then. */
  readonly units: number;
  readonly byKey: Map<string, Scope>;
  readonly keys: Map<Scope, string>;
}

const known = new WeakMap<Crate, Modules>();

/** What names a module as long as its crate stays the same; undefined for one in which nothing can be. */
export function moduleKey(scope: Scope): string | undefined {
  return modulesOf(scope.crate).keys.get(scope);
}

/** The module with a key. Throws when there is none. */
export function moduleAt(crate: Crate, key: string): Scope {
  const found = modulesOf(crate).byKey.get(key);
  if (found === undefined) throw new RangeError(`${crate.package} has no module ${key}`);
  return found;
}

export const ROOT_KEY = "#0";

/** Several modules may have one path, under different cfg: they are counted in the order of the crate's units. */
function modulesOf(crate: Crate): Modules {
  const { units } = crate;
  const before = known.get(crate);
  if (before?.units === units.length) return before;
  const found: Modules = { units: units.length, byKey: new Map(), keys: new Map() };
  const counts = new Map<string, number>();
  for (const { scopes } of units)
    for (const scope of scopes) {
      if (scope === undefined || scope.isBody || found.keys.has(scope)) continue;
      const count = counts.get(scope.path) ?? 0;
      counts.set(scope.path, count + 1);
      const key = `${scope.path}#${count}`;
      found.keys.set(scope, key);
      found.byKey.set(key, scope);
    }
  known.set(crate, found);
  return found;
}
