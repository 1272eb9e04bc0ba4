import { isTraits, type Block, type Member } from "./blocks.ts";
import type { NodeId } from "./nodes.ts";

/** All members of one name. */
export interface NamedMembers {
  /** Those of traits, and of impls for types that can't be told: most mentions may mean them. */
  readonly shared: Member[];
  /** Those that a type has by itself. */
  readonly own: Member[];
}

/** Blocks by what one looks for them with. */
export class BlockTables {
  readonly all: readonly Block[];
  readonly membersByName = new Map<number, NamedMembers>();
  /** Blocks for a type, and the trait or enum itself. */
  readonly bySelf = new Map<NodeId, Block[]>();
  /** Place in `all`, plus one, of the block that is a node, and of the one that a node is a member of. */
  private readonly atNode: Int32Array;
  private readonly ofMember: Int32Array;

  constructor(all: readonly Block[], nodes: number) {
    this.all = all;
    this.atNode = new Int32Array(nodes);
    this.ofMember = new Int32Array(nodes);
    for (const [k, block] of all.entries()) {
      this.atNode[block.node] = k + 1;
      for (const node of block.self) push(this.bySelf, node, block);
    }
    // in the order of the text, whichever block they are of: the first one that fits is told as evidence
    const members = all.flatMap((block) => block.members).sort((a, b) => a.node - b.node);
    for (const member of members) this.addMember(member);
  }

  byNode(node: NodeId): Block | undefined {
    return this.all[this.atNode[node]! - 1];
  }

  blockOfMember(node: NodeId): Block | undefined {
    return this.all[this.ofMember[node]! - 1];
  }

  private addMember(member: Member): void {
    this.ofMember[member.node] = this.atNode[member.block.node]!;
    let list = this.membersByName.get(member.name);
    if (list === undefined) this.membersByName.set(member.name, (list = { shared: [], own: [] }));
    (isShared(member.block) ? list.shared : list.own).push(member);
  }
}

function isShared({ kind, self }: Block): boolean {
  return isTraits(kind) || (self.length === 0 && kind !== "enum");
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
