import type { ItemRef, Scope, Target } from "../resolve/graph.ts";
import { resolveText } from "../resolve/names.ts";
import { kindOf, summaryOf } from "../resolve/asleep.ts";
import type { NodeId, Nodes } from "./nodes.ts";

/** How code mentions a name that is found through a type. */
export type Behind =
  /** `.name()` */
  | { readonly is: "dot" }
  /** `Type::name` that the type itself does not define */
  | { readonly is: "type"; readonly node: NodeId }
  /** `T::name`, where the name in front leads nowhere: a type parameter, or generated */
  | { readonly is: "name"; readonly name: string }
  /** `Vec::name`, `std::fs::File::name` */
  | { readonly is: "std" }
  /** an alias, a trait, `<…>::name` */
  | { readonly is: "any" };

/** What a path in live code leads to. */
export interface PathVisitor {
  item(ref: ItemRef): void;
  member(name: string, behind: Behind): void;
}

/** Types of std that are known without an import. */
const PRELUDE = new Set(
  `Option Result Box String Vec ToString ToOwned Into From TryFrom TryInto Iterator IntoIterator DoubleEndedIterator
   ExactSizeIterator Extend FromIterator Default Clone Copy Send Sync Sized Drop Fn FnMut FnOnce AsRef AsMut PartialEq
   Eq PartialOrd Ord Future IntoFuture u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char str`.split(
    /\s+/,
  ),
);

/** Tell the visitor everything that a path may mean. @returns whether name resolution could tell anything */
export function visitPath(
  scope: Scope,
  path: string,
  ns: "type" | "value",
  nodes: Nodes,
  to: PathVisitor,
): boolean {
  const targets = resolveText(scope, path, ns);
  const cut = path.lastIndexOf("::");
  for (const target of targets) visitTarget(target, cut < 0 ? undefined : path.slice(cut + 2), to);
  if (cut < 0) return targets.length > 0;
  const name = path.slice(cut + 2);
  const outer = resolveText(scope, path.slice(0, cut), "type");
  for (const target of outer) visitOuter(target, name, targets.length > 0, nodes, to);
  if (outer.length > 0 || targets.length > 0) return true;
  const before = path.lastIndexOf("::", cut - 1);
  const owner = path.slice(before < 0 ? 0 : before + 2, cut);
  if (before < 0 && PRELUDE.has(owner)) to.member(name, { is: "std" });
  else to.member(name, owner === "?" ? { is: "any" } : { is: "name", name: owner });
  return false;
}

/** @param name last segment of a path of several */
function visitTarget(target: Target, name: string | undefined, to: PathVisitor): void {
  if (target.kind !== "item") return;
  to.item(target.item);
  // `Trait::method`: every impl may be meant
  if (name !== undefined && summaryOf(target.item).holder === "trait") to.member(name, ANY);
}

const ANY: Behind = { is: "any" };

/** What stands in front of the last segment. */
function visitOuter(
  target: Target,
  name: string,
  told: boolean,
  nodes: Nodes,
  to: PathVisitor,
): void {
  if (target.kind === "scope") return;
  if (target.kind === "std") return to.member(name, { is: "std" });
  to.item(target.item);
  const kind = kindOf(target.item);
  if (kind === "type" || kind === "trait") to.member(name, { is: "any" });
  else if (!told) to.member(name, { is: "type", node: nodes.nodeOf(target.item) });
}
