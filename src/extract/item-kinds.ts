import { isExternBlock, readExternBlock, readImpl, readMod, readTrait } from "./containers.ts";
import {
  isConstant,
  readConstant,
  readEnum,
  readExternCrate,
  readStruct,
  readTypeAlias,
  readUse,
} from "./definitions.ts";
import { isFn, readFn } from "./functions.ts";
import type { ItemHead } from "./items.ts";
import { readMacroDef, readMacroItem } from "./macro-items.ts";
import type { Reader } from "./reader.ts";

type ReadKind = (r: Reader, head: ItemHead, close: number) => boolean;

/** Keywords that tell what follows by themselves. */
const BY_WORD: ReadonlyMap<string, ReadKind> = new Map<string, ReadKind>([
  ["use", readUse],
  ["mod", readMod],
  ["struct", readStruct],
  ["enum", readEnum],
  ["trait", readTrait],
  ["impl", readImpl],
]);

/** Read the item whose keyword is at the cursor. @returns false when there is none */
export function readItemKind(r: Reader, head: ItemHead, close: number): boolean {
  const read = BY_WORD.get(r.word()) ?? contextual(r);
  if (read !== undefined) return read(r, head, close);
  if (isExternBlock(r)) return readExternBlock(r, head);
  if (isConstant(r)) return readConstant(r, head, close);
  if (isFn(r)) return readFn(r, head);
  return readMacroItem(r, head);
}

/** Words that only mean an item together with what follows. */
function contextual(r: Reader): ReadKind | undefined {
  const next = r.text(1);
  switch (r.word()) {
    case "union":
      return r.isIdent(1) ? readStruct : undefined;
    case "type":
      return r.isIdent(1) ? readTypeAlias : undefined;
    case "macro_rules":
      return next === "!" ? (r, head) => readMacroDef(r, head, 2) : undefined;
    case "macro":
      return r.isIdent(1) ? (r, head) => readMacroDef(r, head, 1) : undefined;
    case "extern":
      return next === "crate" ? readExternCrate : undefined;
    case "unsafe":
    case "auto":
    case "default":
      return qualified(r.text(), next);
    default:
      return undefined;
  }
}

/** `unsafe mod`, `unsafe auto trait`, `default impl` and the like. */
function qualified(word: string, next: string): ReadKind | undefined {
  if (next === "impl") return word === "auto" ? undefined : readImpl;
  if (next === "trait" || next === "auto") return word === "default" ? undefined : readTrait;
  return next === "mod" && word === "unsafe" ? readMod : undefined;
}
