import type { Scope, Target } from "./graph.ts";
import { resolveText } from "./names.ts";
import type { Namespace } from "./targets.ts";

/** A wanted target of a path, or of its beginning. */
export interface Hit {
  readonly target: Target;
  readonly name: string;
  readonly segments: number;
  /** How far in front of the path's last segment the name stands. */
  readonly back: number;
}

const NO_HITS: readonly Hit[] = [];
const SLOT: Readonly<Record<Namespace, number>> = { type: 0, value: 1, any: 2 };

/** What paths lead to, asked once per scope: nearly all lead to nothing that is wanted. */
export class Hits {
  private readonly wanted: (target: Target) => boolean;
  private readonly known = new Map<Scope, Map<string, readonly Hit[]>[]>();

  constructor(wanted: (target: Target) => boolean) {
    this.wanted = wanted;
  }

  /** @param text the path's segments, joined by `::` */
  of(scope: Scope, text: string, ns: Namespace): readonly Hit[] {
    let memos = this.known.get(scope);
    if (memos === undefined) {
      memos = [new Map(), new Map(), new Map()];
      this.known.set(scope, memos);
    }
    const memo = memos[SLOT[ns]]!;
    const known = memo.get(text);
    if (known !== undefined) return known;
    const found = this.find(scope, text, ns);
    memo.set(text, found);
    return found;
  }

  /** Where the whole path leads nowhere, its beginning may (`libc::timespec::default`); not so in imports. */
  private find(scope: Scope, text: string, ns: Namespace): readonly Hit[] {
    let used = text;
    let back = 0;
    let wantedNs = ns;
    for (;;) {
      const targets = resolveText(scope, used, wantedNs).filter(this.wanted);
      const cut = used.lastIndexOf("::");
      if (targets.length > 0) {
        const segments = used.split("::").length;
        const name = used.slice(cut < 0 ? 0 : cut + 2);
        return targets.map((target) => ({ target, name, segments, back }));
      }
      if (cut < 0 || ns === "any") return NO_HITS;
      used = used.slice(0, cut);
      back += used.length - (used.lastIndexOf("::") < 0 ? 0 : used.lastIndexOf("::") + 2) + 2;
      wantedNs = "type";
    }
  }
}
