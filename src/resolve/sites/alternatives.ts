import type { ItemFact } from "../../extract/facts.ts";
import { printCfg, type CfgExpr } from "../../syntax/cfg.ts";
import { evalActive } from "../../syntax/cfg-eval.ts";
import { crateOf } from "../asleep.ts";
import type { Crate, Graph, ItemRef, Scope, Unit } from "../graph.ts";
import { itemPath, fileAt } from "../places.ts";
import { resolvePath } from "../names.ts";
import type { RawArm, RawSite } from "./raw.ts";
import { siteAt } from "./site.ts";

/** Predicates that choose an operating system. */
const OS_ATOMS = new Set(["target_os", "target_family", "target_vendor", "unix", "windows"]);

/** One of several things under one name. */
interface Arm {
  readonly item: ItemRef;
  readonly cfg: CfgExpr;
  readonly active: boolean;
  /** What the arm is, for people: a file, an imported path, or the item's kind. */
  readonly label: string;
  /** Modules and types that the arm leads to. */
  readonly leadsTo: readonly string[];
}

/**
 * Places where cfg picks one of several implementations by operating system.
 *
 * Found by structure: a name in one scope that is declared more than once, or one module with several
 * `cfg_attr(…, path = …)`, where an operating system decides. `data.symbols` names the functions of the libc
 * crate that the chosen arm uses, `data.others` the arms that were left out.
 *
 * @param uses the crate's libc uses, to see what the chosen arm leads to
 */
export function alternativeSites(graph: Graph, crate: Crate, uses: readonly RawSite[]): RawArm[] {
  const found: RawArm[] = [];
  for (const arms of groups(crate).values()) {
    const others = arms.filter((arm) => !arm.active);
    const chosen = arms.filter((arm) => arm.active);
    if (others.length === 0 || chosen.length === 0) continue;
    for (const arm of chosen) found.push(...toArm(graph, arm, others, uses));
  }
  return found;
}

function groups(crate: Crate): Map<string, Arm[]> {
  const found = new Map<string, Arm[]>();
  for (const unit of crate.units) {
    unit.facts.items.forEach((item, index) => {
      if (item.cfg === 0 && item.paths === undefined) return;
      const scope = unit.scopes[item.parent];
      if (scope === undefined || unit.active[item.parent] === 0) return;
      for (const [name, arm] of armsOf(unit, item, index, scope)) {
        const key = `${scope.path}|${name}`;
        const list = found.get(key);
        if (list === undefined) found.set(key, [arm]);
        else list.push(arm);
      }
    });
  }
  return found;
}

function armsOf(unit: Unit, item: ItemFact, index: number, scope: Scope): [string, Arm][] {
  const ref = { unit, index };
  const cfg = unit.facts.cfgs[item.cfg]!;
  const active = unit.active[index] !== 0;
  const kept = item.kind === "mod" && active ? pathArms(unit, item, ref) : [];
  if (kept.length > 0) return kept.map((arm) => [item.name, arm]);
  if (!choosesOs(cfg)) return [];
  if (item.kind === "use") {
    const leaves = (item.uses ?? []).filter((leaf) => leaf.name !== "_");
    return leaves.map((leaf) => {
      const label = leaf.path.join("::");
      const own = leaf.name === "*" ? `* ${label}` : leaf.name;
      return [
        own,
        { item: ref, cfg, active, label, leadsTo: active ? scopesOf(scope, leaf.path) : [] },
      ];
    });
  }
  if (item.name === "" || !["mod", "fn", "type", "struct", "enum", "const"].includes(item.kind))
    return [];
  const path = scope.path === "" ? item.name : `${scope.path}::${item.name}`;
  return [
    [item.name, { item: ref, cfg, active, label: `${item.kind} ${item.name}`, leadsTo: [path] }],
  ];
}

/** `#[cfg_attr(A, path = "a.rs")] #[cfg_attr(B, path = "b.rs")] mod m;` */
function pathArms(unit: Unit, item: ItemFact, ref: ItemRef): Arm[] {
  const conditional = (item.paths ?? []).filter(
    (path) => path.cfg !== undefined && choosesOs(path.cfg),
  );
  if (conditional.length < 2) return [];
  const outer = unit.scopes[ref.index]?.path ?? "";
  const path = outer === "" ? item.name : `${outer}::${item.name}`;
  return conditional.map(({ cfg, value }) => {
    const active = evalActive(cfg!, unit.crate.worlds) !== 0;
    return { item: ref, cfg: cfg!, active, label: value, leadsTo: active ? [path] : [] };
  });
}

/** Names of the modules or types that an import leads to. */
function scopesOf(scope: Scope, path: readonly string[]): string[] {
  return resolvePath(scope, path, "any").flatMap((target) => {
    if (target.kind === "scope" && target.scope.crate === scope.crate) return [target.scope.path];
    if (target.kind !== "item" || crateOf(target.item) !== scope.crate) return [];
    return [itemPath(target.item.unit, target.item.index)];
  });
}

function choosesOs(cfg: CfgExpr): boolean {
  if (cfg.op === "is") return OS_ATOMS.has(cfg.name);
  return cfg.op === "not" ? choosesOs(cfg.arg) : cfg.args.some(choosesOs);
}

function toArm(graph: Graph, arm: Arm, others: readonly Arm[], uses: readonly RawSite[]): RawArm[] {
  const { unit, index } = arm.item;
  const item = unit.facts.items[index]!;
  const within = usesWithin(arm.leadsTo, uses);
  if (within.length === 0) return [];
  const at = {
    offset: item.at,
    length: Math.max(1, item.name.length),
    file: item.file ?? 0,
    context: 0,
  };
  const site = siteAt(graph, {
    kind: "cfg-alternative",
    name: item.name === "" ? arm.label : item.name,
    unit,
    item: index,
    active: unit.active[index]!,
    ...at,
  });
  const data = {
    ...site.data,
    cfg: printCfg(arm.cfg).slice(0, 400),
    chosen: arm.label,
    others: [...new Set(others.map((other) => other.label))],
    within: fileAt(graph, unit.file).file,
  };
  return [{ site: { ...site, context: "safe-expr", data }, within }];
}

/** Calls of the libc crate inside the given modules or items, by their places among the uses. */
function usesWithin(paths: readonly string[], uses: readonly RawSite[]): number[] {
  const found: number[] = [];
  for (const [k, use] of uses.entries()) {
    if (use.symbolKind !== "fn" || use.context === "import") continue;
    const isIn = (path: string): boolean =>
      path !== "" && (use.item === path || use.item.startsWith(`${path}::`));
    if (paths.some(isIn)) found.push(k);
  }
  return found;
}
