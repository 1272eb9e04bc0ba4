import type { Node, Parser } from "web-tree-sitter";
import { extractFile } from "../../../src/extract/extract.ts";
import type { ItemKind } from "../../../src/extract/facts.ts";
import { withTree } from "../../../tools/bench/tree-sitter.ts";

/** The items of one file as `kind name @offset`, in the order of the text. */
export interface Items {
  readonly items: readonly string[];
  /** Ranges whose inside the two readers do not share: macro invocations and test-only items. */
  readonly left: readonly (readonly [number, number])[];
  readonly hasError: boolean;
}

const KINDS: Readonly<Record<string, ItemKind>> = {
  mod_item: "mod",
  use_declaration: "use",
  extern_crate_declaration: "extern-crate",
  function_item: "fn",
  function_signature_item: "fn",
  const_item: "const",
  static_item: "static",
  struct_item: "struct",
  union_item: "union",
  enum_item: "enum",
  trait_item: "trait",
  impl_item: "impl",
  type_item: "type",
  associated_type: "type",
  foreign_mod_item: "extern-block",
  macro_definition: "macro-def",
};
/** Items whose place is their keyword, since they have no name. */
const KEYWORDS: Readonly<Record<string, string>> = {
  use_declaration: "use",
  impl_item: "impl",
  foreign_mod_item: "extern",
};
const LISTED = new Set<string>(Object.values(KINDS));

/** What tree-sitter's grammar sees. */
export function itemsOfTree(parser: Parser, text: string): Items {
  return withTree(parser, text, (root) => {
    const items: string[] = [];
    const left: [number, number][] = [];
    visit(root, items, left);
    return { items, left, hasError: root.hasError };
  });
}

function visit(node: Node, items: string[], left: [number, number][]): void {
  let attributes: string[] = [];
  for (const child of node.children) {
    if (child === null) continue;
    if (child.type === "attribute_item") attributes.push(child.text);
    else if (!child.type.endsWith("comment")) {
      visitOne(child, attributes, items, left);
      attributes = [];
    }
  }
}

function visitOne(
  node: Node,
  attributes: readonly string[],
  items: string[],
  left: [number, number][],
): void {
  const { type } = node;
  const kind = KINDS[type];
  if (type === "macro_invocation" || (kind !== undefined && attributes.some(isForTests))) {
    left.push([node.startIndex, node.endIndex]);
    return;
  }
  if (kind !== undefined) items.push(describe(kind, node));
  if (type !== "macro_definition" && type !== "use_declaration") visit(node, items, left);
}

function describe(kind: ItemKind, node: Node): string {
  const keyword = KEYWORDS[node.type];
  if (keyword !== undefined) return `${kind}  @${indexOfKeyword(node, keyword)}`;
  const name = node.childForFieldName("alias") ?? node.childForFieldName("name");
  const place = node.childForFieldName("name")?.startIndex ?? -1;
  return `${kind} ${name?.text.replace(/^r#/, "") ?? "?"} @${place}`;
}

function indexOfKeyword(node: Node, word: string): number {
  for (const child of node.children) {
    if (child?.type === word) return child.startIndex;
    if (child?.type === "extern_modifier" && word === "extern") return child.startIndex;
  }
  return -1;
}

/** `#[test]`, `#[bench]`, `#[cfg(test)]`, `#[cfg(all(test, …))]` */
function isForTests(attribute: string): boolean {
  const text = attribute.replace(/\s+/g, "");
  if (/^#\[(test|bench|cfg\(test\))\]$/.test(text)) return true;
  const all = /^#\[cfg\(all\((.*)\)\)\]$/.exec(text)?.[1];
  return all !== undefined && topLevel(all).includes("test");
}

/** The arguments of a list, those of inner lists left out. */
function topLevel(list: string): string[] {
  let text = list;
  while (/\([^()]*\)/.test(text)) text = text.replaceAll(/\([^()]*\)/g, "");
  return text.split(",");
}

/** What our reader sees, outside of `left`. */
export function itemsOfFacts(text: string, left: Items["left"]): string[] {
  const found: string[] = [];
  for (const item of extractFile(text).items) {
    if (item.parent < 0 || !LISTED.has(item.kind)) continue;
    if (left.some(([from, to]) => from <= item.at && item.at < to)) continue;
    found.push(`${item.kind} ${item.name} @${item.at}`);
  }
  return found;
}
