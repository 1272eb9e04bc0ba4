import { bothActive, evalActive, type Active } from "../../syntax/cfg-eval.ts";
import type { Unit } from "../graph.ts";

/** Whether a fact of an item is compiled, under the item's own conditions and one more. */
export function activeOf(unit: Unit, item: number, cfg: number): Active {
  const around = unit.active[item]!;
  return cfg === 0 || around === 0
    ? around
    : bothActive(around, evalActive(unit.facts.cfgs[cfg]!, unit.crate.worlds));
}
