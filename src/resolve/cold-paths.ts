import type { Unit } from "./graph.ts";
import { isOfSelf } from "./members.ts";
import type { MayLead } from "./sites/words.ts";

/** Which of a unit's paths need not be followed, each asked about once; `Self` means too many things to be told. */
export class ColdPaths {
  private readonly paths: readonly string[];
  private readonly mayLead: MayLead;
  /** By path and namespace: 1 where it leads nowhere, 2 where it may. Expansions mention too little to remember it. */
  private readonly known: Uint8Array | undefined;

  constructor({ facts: { paths }, expanded }: Unit, mayLead: MayLead) {
    this.paths = paths;
    this.mayLead = mayLead;
    if (!expanded) this.known = new Uint8Array(paths.length * 2);
  }

  /** @param id number of the path */
  has(id: number, isType: boolean): boolean {
    const slot = id * 2 + (isType ? 0 : 1);
    const known = this.known?.[slot] ?? 0;
    if (known !== 0) return known === 1;
    const path = this.paths[id]!;
    const isCold = !isOfSelf(path) && !this.mayLead(path, isType);
    if (this.known !== undefined) this.known[slot] = isCold ? 1 : 2;
    return isCold;
  }
}
