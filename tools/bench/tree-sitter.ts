import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Language, Parser, type Node } from "web-tree-sitter";

/** The other reader: tree-sitter's own grammar of Rust, to measure ours against. */
export async function treeSitter(): Promise<Parser> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve("tree-sitter-rust/tree-sitter-rust.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(grammar)));
  return parser;
}

/** Parse a text, hand its root to `use`, free the tree. */
export function withTree<T>(parser: Parser, text: string, use: (root: Node) => T): T {
  const tree = parser.parse(text);
  if (tree === null) throw new Error("tree-sitter gave no tree");
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** Visit every named node once, as any reader of facts has to. @returns how many there were */
export function walkTree(root: Node): number {
  const cursor = root.walk();
  let nodes = 0;
  try {
    for (;;) {
      nodes++;
      if (cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return nodes;
    }
  } finally {
    cursor.delete();
  }
}
