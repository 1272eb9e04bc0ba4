import { HOSTS, archOf, type Arch, type Host } from "../../src/model/host.ts";
import type { CosmoFact } from "./constants.ts";
import type { TableRow } from "./consts-table.ts";
import { namespaceOf, type Namespace } from "./namespaces.ts";
import { hostValues } from "./sentinels.ts";

/** Name → host → what Linux's number for that name means there. */
export type Meanings = ReadonlyMap<string, Readonly<Partial<Record<Host, string>>>>;

interface Known {
  readonly name: string;
  readonly hosts: Readonly<Record<Host, bigint | "absent">>;
  readonly runtime: boolean;
}

/**
 * Finds the numbers that are valid on a host and mean something else there: the worst class, because no call
 * fails. Names from the headers count too: they are Linux's number everywhere, whatever the host makes of it.
 */
export function findMeanings(options: {
  table: readonly TableRow[];
  facts: ReadonlyMap<string, CosmoFact | undefined>;
  libc: (name: string, arch: Arch) => bigint | null;
}): Meanings {
  const spaces = collect(options.table, options.facts);
  const found = new Map<string, Partial<Record<Host, string>>>();
  for (const [name, fact] of options.facts) {
    const space = namespaceOf(name);
    if (!space) continue;
    const means: Partial<Record<Host, string>> = {};
    for (const host of HOSTS) {
      const number = options.libc(name, archOf(host));
      if (number === null || number === 0n) continue;
      const other = meaningOf({ space, known: spaces.get(space) ?? [], name, fact, host, number });
      if (other !== undefined) means[host] = other;
    }
    if (Object.keys(means).length > 0) found.set(name, means);
  }
  return found;
}

function collect(
  table: readonly TableRow[],
  facts: ReadonlyMap<string, CosmoFact | undefined>,
): Map<Namespace, Known[]> {
  const spaces = new Map<Namespace, Known[]>();
  const add = (known: Known): void => {
    const space = namespaceOf(known.name);
    if (!space) return;
    const list = spaces.get(space) ?? [];
    list.push(known);
    spaces.set(space, list);
  };
  const fixed = new Set<string>();
  for (const [name, fact] of facts) {
    if (!fact) continue;
    fixed.add(name);
    add({ name, hosts: fact.hosts, runtime: fact.runtime });
  }
  for (const row of table)
    if (!fixed.has(row.name)) add({ name: row.name, hosts: hostValues(row), runtime: true });
  return spaces;
}

function meaningOf(options: {
  space: Namespace;
  known: readonly Known[];
  name: string;
  fact: CosmoFact | undefined;
  host: Host;
  number: bigint;
}): string | undefined {
  const { space, known, name, fact, host, number } = options;
  const own = fact?.hosts[host];
  if (
    (fact?.runtime === true || space.own === true) &&
    own !== undefined &&
    own !== "absent" &&
    BigInt.asUintN(32, own) === BigInt.asUintN(32, number)
  )
    return undefined;
  const linux = host === "linux-arm64" ? "linux-arm64" : "linux-x64";
  const candidates = known.filter((other) => {
    const value = other.hosts[host];
    if (other.name === name || value === "absent" || value === 0n) return false;
    // NOTE: two header numbers that meet are synonyms or belong to two calls; only a host's own number is proof.
    if (!fact?.runtime && !other.runtime) return space.own === true && value === number;
    // NOTE: a synonym on Linux as well (EWOULDBLOCK, EAGAIN) is the same thing, not another.
    if (other.hosts[linux] === number) return false;
    return space.kind === "one" ? value === number : value > 0n && (value & number) === value;
  });
  if (candidates.length === 0) return undefined;
  if (space.kind === "one") return candidates[0]?.name;
  return coverOf(candidates, host);
}

/** The names that the bits spell, without those that others already cover. */
function coverOf(candidates: readonly Known[], host: Host): string {
  const sorted = [...candidates].sort((a, b) =>
    Number((b.hosts[host] as bigint) - (a.hosts[host] as bigint)),
  );
  let covered = 0n;
  const names: string[] = [];
  for (const one of sorted) {
    const bits = one.hosts[host] as bigint;
    if ((covered | bits) === covered) continue;
    covered |= bits;
    names.push(one.name);
  }
  return names.join("|");
}
