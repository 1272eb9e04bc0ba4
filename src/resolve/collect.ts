import type { FileFacts, ItemFact } from "../extract/facts.ts";
import { filePlaces, inlinePlace, rootPlace, type ModulePlace } from "../source/module-paths.ts";
import {
  bothActive,
  evalActive,
  surelyActive,
  type Active,
  ACTIVE_ALL,
} from "../syntax/cfg-eval.ts";
import { argumentOf, bringIncludes, fileNamed, itemsOf, noteNotFollowed } from "./included.ts";
import type { Crate, Entry, FileRef, ItemRef, Scope, Unit } from "./graph.ts";
import { noteLimit, noteMissing } from "./unexpanded.ts";
import { defineMacro, expandItems, recursionLimit } from "./item-macros.ts";
import {
  addEntry,
  addGlob,
  forgetAnswers,
  newScope,
  newUnit,
  shareMacros,
  type Collector,
  type PendingMacro,
} from "./scopes.ts";

/** How many of them are laid out one inside the other; what they bring beyond that waits for its turn. */
const MAX_STACK = 200;
const MAX_ROUNDS = 8;
/** How often files may be laid out in one crate, one that several modules bring each time. */
const MAX_FILES = 40_000;

/** A collector that declares what macros bring, too. */
export function newCollector(crate: Crate, files: (FileRef | undefined)[]): Collector {
  const collector: Collector = {
    crate,
    files,
    pending: [],
    depth: 0,
    start: 0,
    deep: [],
    limit: recursionLimit(crate),
    tokens: 0,
    laidOut: 0,
    declare: (unit, scope, active) => collectUnit(collector, unit, scope, active),
  };
  return collector;
}

/** Lay out a crate's modules from its root file; macros at item position are expanded on the way. */
export function collectCrate(crate: Crate, rootFile: string, files: (FileRef | undefined)[]): void {
  const collector = newCollector(crate, files);
  const facts = crate.files.get(rootFile);
  if (facts === undefined) return;
  collectFile(collector, facts, rootPlace(rootFile), crate.root, ACTIVE_ALL);
  collectDeep(collector);
  for (let round = 0; round < MAX_ROUNDS && collector.pending.length > 0; round++) {
    forgetAnswers(crate);
    const todo = collector.pending.splice(0);
    for (const call of todo)
      if (!expandItems(collector, call, round === MAX_ROUNDS - 1)) collector.pending.push(call);
    collectDeep(collector);
    if (collector.pending.length === todo.length && round < MAX_ROUNDS - 2) round = MAX_ROUNDS - 2;
  }
  forgetAnswers(crate);
  crate.asked = undefined;
}

/** What macros deep inside of others bring: taken up where the stack is empty again. */
function collectDeep(c: Collector): void {
  for (const call of c.deep) {
    c.start = c.depth = call.depth;
    if (!expandItems(c, call, false)) c.pending.push(call);
  }
  c.deep.length = 0;
  c.start = c.depth = 0;
}

function collectFile(
  c: Collector,
  facts: FileFacts,
  place: ModulePlace,
  scope: Scope,
  active: Active,
  outer?: ItemRef,
): void {
  if (++c.laidOut > MAX_FILES)
    return noteLimit(c.crate, place.file, "modules that are brought in too often");
  const file = c.files.push({ package: c.crate.package, file: place.file, facts }) - 1;
  const unit = newUnit(c.crate, facts, file, outer, false);
  collectUnit(c, unit, scope, active);
}

/** Declare the items of a unit; item 0 stands for `scope` itself. */
export function collectUnit(c: Collector, unit: Unit, scope: Scope, active: Active): void {
  if (c.depth > c.limit) {
    const message = "modules or macros that bring further ones without an end";
    return noteLimit(c.crate, scope.place.file, message);
  }
  c.depth++;
  const { items } = unit.facts;
  const bodies = items.length > 1 ? new Map<number, Scope>() : NO_BODIES;
  if (bodies !== NO_BODIES && unit.facts.amongStatements === true) bodies.set(0, scope);
  for (let index = 0; index < items.length; index++) {
    const item = items[index]!;
    const outer = item.parent < 0 ? active : unit.active[item.parent]!;
    if (outer === 0) continue;
    const own =
      item.cfg === 0
        ? outer
        : bothActive(outer, evalActive(unit.facts.cfgs[item.cfg]!, c.crate.worlds));
    unit.active[index] = own;
    if (own === 0) continue;
    if (item.parent < 0) unit.scopes[index] = scope;
    else collectItem(c, unit, index, own, bodies);
  }
  bringIncludes(c, unit, collectFile);
  c.depth--;
}

function collectItem(
  c: Collector,
  unit: Unit,
  index: number,
  active: Active,
  bodies: Map<number, Scope>,
): void {
  const item = unit.facts.items[index]!;
  const within = declaringScope(unit, item.parent, bodies);
  unit.scopes[index] = within;
  if (item.kind === "mod") return collectMod(c, unit, index, within, active);
  if (item.kind === "macro-def") return defineMacro(c, unit, item, within, active);
  if (item.kind === "macro-call") return collectCall(c, { unit, index, scope: within, active });
  if (item.kind === "use") return collectUse(item, within, active);
  if (item.kind === "extern-crate") return collectExtern(c, item, within, active);
  if (item.name === "" || OWNERS.has(unit.facts.items[item.parent]!.kind)) return;
  addEntry(within, item.name, {
    active,
    vis: item.vis,
    scope: within,
    is: { kind: "item", item: { unit, index } },
  });
}

/** Members are found through their type, not by name alone. */
const OWNERS = new Set<ItemFact["kind"]>(["impl", "trait", "enum"]);

const BODIES = new Set<ItemFact["kind"]>(["fn", "const", "static"]);
const NO_BODIES = new Map<number, Scope>();

/** The scope that an item's children are declared in, and looked up from. */
function declaringScope(unit: Unit, parent: number, bodies: Map<number, Scope>): Scope {
  const item = unit.facts.items[parent]!;
  const around = unit.scopes[parent]!;
  if (!BODIES.has(item.kind)) return around;
  const known = bodies.get(parent);
  if (known !== undefined) return known;
  const body = newScope({
    crate: unit.crate,
    path: around.path,
    parent: around,
    isBody: true,
    place: around.place,
  });
  bodies.set(parent, body);
  unit.scopes[parent] = body;
  return body;
}

function collectMod(c: Collector, unit: Unit, index: number, outer: Scope, active: Active): void {
  const item = unit.facts.items[index]!;
  const path = outer.path === "" ? item.name : `${outer.path}::${item.name}`;
  const attribute = item.paths?.find(
    (one) => one.cfg === undefined || evalActive(one.cfg, c.crate.worlds) !== 0,
  )?.value;
  if (item.inline === true) {
    const place = inlinePlace(outer.place, item.name, attribute);
    const scope = newScope({ crate: c.crate, path, parent: outer, isBody: false, place });
    unit.scopes[index] = scope;
    declareMod(item, outer, scope, active);
    return;
  }
  for (const place of filePlaces(outer.place, item.name, attribute)) {
    const facts = itemsOf(c.crate, place.file);
    if (facts === undefined) continue;
    const scope = newScope({ crate: c.crate, path, parent: outer, isBody: false, place });
    declareMod(item, outer, scope, active);
    const own = facts.items[0]!;
    const kept =
      own.cfg === 0 ? active : bothActive(active, evalActive(facts.cfgs[own.cfg]!, c.crate.worlds));
    if (kept !== 0) collectFile(c, facts, place, scope, kept);
    if (item.attributes?.includes("macro_use") === true) shareMacros(scope, outer);
    return;
  }
  // the reader of files says it of all but those that only an expansion names
  if (unit.expanded && surelyActive(active)) noteMissing(outer, item.name);
}

function declareMod(item: ItemFact, outer: Scope, scope: Scope, active: Active): void {
  addEntry(outer, item.name, { active, vis: item.vis, scope: outer, is: { kind: "scope", scope } });
}

function collectCall(c: Collector, call: PendingMacro): void {
  const item = call.unit.facts.items[call.index]!;
  if (item.target === "include") return collectInclude(c, call, item);
  if (item.target === "compile_error") return; // a configuration that nobody builds
  if (c.depth - c.start > MAX_STACK) c.deep.push({ ...call, depth: c.depth });
  else if (!expandItems(c, call, false)) c.pending.push(call);
}

function collectInclude(c: Collector, call: PendingMacro, item: ItemFact): void {
  const name = argumentOf(item);
  const { place } = call.scope;
  const file = fileNamed(c, call.unit, name);
  const facts = file === undefined ? undefined : itemsOf(c.crate, file);
  if (file !== undefined && facts !== undefined)
    return collectFile(c, facts, { ...place, file }, call.scope, call.active);
  noteNotFollowed(c.crate, { name, file: place.file, surely: surelyActive(call.active) });
}

function collectUse(item: ItemFact, scope: Scope, active: Active): void {
  for (const leaf of item.uses ?? []) {
    if (leaf.name === "*") addGlob(scope, { path: leaf.path, active, vis: item.vis, scope });
    else if (leaf.name !== "_")
      addEntry(scope, leaf.name, {
        active,
        vis: item.vis,
        scope,
        is: { kind: "use", path: leaf.path },
      });
  }
}

function collectExtern(c: Collector, item: ItemFact, scope: Scope, active: Active): void {
  const target = item.target ?? item.name;
  const crate = target === "self" ? c.crate : c.crate.externs.get(target);
  const is: Entry["is"] =
    crate === undefined ? { kind: "std", path: target } : { kind: "crate", crate };
  if (crate === undefined && !["std", "core", "alloc", "proc_macro", "test"].includes(target))
    return;
  addEntry(scope, item.name, { active, vis: item.vis, scope, is });
  if (crate !== undefined && item.attributes?.includes("macro_use") === true)
    c.crate.macroUse.push(crate);
}
