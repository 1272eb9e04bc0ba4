import type { FileFacts, ItemFact } from "../extract/facts.ts";
import type { Crate, ItemRef, Unit } from "./graph.ts";
import { itemPath } from "./places.ts";
import type { RawSite } from "./sites/raw.ts";

/** What was found in a file. */
interface Found {
  readonly sites: readonly RawSite[];
  /** Whether something in it leads to what may turn out to be a site. */
  readonly mayBe: boolean;
}

/** What is known of a file. */
interface Known {
  readonly facts: FileFacts;
  /** Its mentions that lead to something wanted, by their places in `FileFacts.mentions`. */
  readonly mentions: readonly number[];
  found?: Found;
  /** `Unit.base` when that was found: the items of its sites are counted from there. */
  base: number;
}

/**
 * What mentions lead to, kept while crates are laid out again and again: it stays so as long as the file is the same and
 * names mean the same. Expansions are asked anew each time.
 */
export class Leads {
  private shape: readonly string[] = [];
  private known = new Map<string, Known>();
  /** Place of each file among those of the crates: as long as names mean the same, it is that file's place. */
  private places = new Map<Unit, string>();

  /** The crates were laid out again, all macros in them expanded. What names depend on may have changed: then nothing is known. */
  renew(crates: readonly Crate[]): void {
    const shape = crates.flatMap(shapeOf);
    if (shape.length !== this.shape.length || shape.some((each, at) => each !== this.shape[at]))
      this.known = new Map();
    this.shape = shape;
    this.places = new Map();
    for (const crate of crates)
      for (const unit of crate.units)
        if (!unit.expanded) this.places.set(unit, `${crate.id}|${this.places.size}`);
  }

  /** Mentions of a file that lead somewhere. */
  mentionsOf(unit: Unit): readonly number[] | undefined {
    return this.knownOf(unit)?.mentions;
  }

  noteMentions(unit: Unit, mentions: readonly number[]): void {
    const place = this.places.get(unit);
    if (place !== undefined)
      this.known.set(place, { facts: unit.facts, mentions, base: unit.base });
  }

  foundIn(unit: Unit): Found | undefined {
    const known = this.knownOf(unit);
    if (known?.found === undefined) return undefined;
    const by = unit.base - known.base;
    if (by !== 0) for (const site of known.found.sites) (site as { at: number }).at += by;
    known.base = unit.base;
    return known.found;
  }

  noteFound(unit: Unit, found: Found): void {
    const known = this.knownOf(unit);
    if (known !== undefined) Object.assign(known, { found, base: unit.base });
  }

  private knownOf(unit: Unit): Known | undefined {
    const known = this.known.get(this.places.get(unit) ?? "");
    return known?.facts === unit.facts ? known : undefined;
  }
}

/** All that the names of a crate mean something by. */
function shapeOf(crate: Crate): string[] {
  return crate.units.flatMap((unit) => {
    // most expansions bring no items
    if (unit.expanded && unit.facts.items.length < 2) return [];
    const at = unit.outer === undefined ? "" : pathOf(unit.outer);
    return [`${unit.scopes[0]?.path ?? ""}|${unit.active[0]}|${at}`, shapeOfFile(unit.facts)];
  });
}

function pathOf({ unit, index }: ItemRef): string {
  return itemPath(unit, index);
}

const shapes = new WeakMap<FileFacts, string>();

function shapeOfFile(facts: FileFacts): string {
  const known = shapes.get(facts);
  if (known !== undefined) return known;
  const shape = namingItems(facts).join("\n");
  shapes.set(facts, shape);
  return shape;
}

/** Items without their places and bodies; those that no name can lead to are left out. */
function namingItems(facts: FileFacts): string[] {
  const { items } = facts;
  const parents = new Set(items.map(({ parent }) => parent));
  const ranks = new Map<number, number>();
  const found: string[] = [];
  for (const [index, item] of items.entries()) {
    if (isNameless(item) && !parents.has(index)) continue;
    ranks.set(index, found.length);
    found.push(meaningOf(item, facts, ranks.get(item.parent)));
  }
  return found;
}

function isNameless({ kind, name }: ItemFact): boolean {
  return kind === "macro-call" || kind === "macro-def" || (kind === "const" && name === "_");
}

function meaningOf(item: ItemFact, facts: FileFacts, parent = -1): string {
  const { kind, name, vis, cfg, self, uses, paths, target, isConst, inline } = item;
  const words = `${kind} ${name} ${vis} ${parent}`;
  // most items are plain, and this is done at every keystroke
  const isPlain = cfg === 0 && self === undefined && uses === undefined && target === undefined;
  if (isPlain && paths === undefined && isConst !== true && kind !== "mod") return words;
  const type = facts.paths[self ?? -1];
  const names = uses?.map((leaf) => [leaf.path, leaf.name]);
  return `${words} ${JSON.stringify([facts.cfgs[cfg], type, names, paths, target, isConst, inline])}`;
}
