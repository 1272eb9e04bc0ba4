import { T } from "../syntax/tokens.ts";
import type { UseLeaf } from "./facts.ts";
import type { Reader } from "./reader.ts";

/** The tree behind `use`, laid flat; the cursor stops behind it. */
export function readUseTree(r: Reader): UseLeaf[] {
  const leaves: UseLeaf[] = [];
  readTree(r, [], leaves);
  return leaves;
}

function readTree(r: Reader, prefix: readonly string[], leaves: UseLeaf[]): void {
  const path = [...prefix];
  let at = r.at();
  if (r.is("::")) {
    r.i++;
    if (path.length === 0) path.push("");
  }
  for (;;) {
    if (r.is("{")) return readBranches(r, path, leaves);
    if (r.is("*")) {
      leaves.push(leaf(r, path, "*", r.at()));
      r.i++;
      return;
    }
    if (r.is("$")) r.i++;
    if (!r.isIdent()) return;
    at = r.at();
    path.push(r.text());
    r.i++;
    if (!r.take("::")) break;
  }
  finishLeaf(r, path, at, leaves);
}

/** `use a::{self, b as c}`: `self` at the end names the module itself. */
function finishLeaf(r: Reader, path: string[], at: number, leaves: UseLeaf[]): void {
  if (path.length > 1 && path.at(-1) === "self") path.pop();
  let name = path.at(-1) ?? "_";
  const index = r.i - 1;
  if (r.take("as")) {
    name = r.text();
    r.i++;
  }
  leaves.push(leaf(r, path, name, at, index));
}

function readBranches(r: Reader, path: readonly string[], leaves: UseLeaf[]): void {
  const close = r.close();
  r.i++;
  while (r.i < close) {
    const before = r.i;
    r.deeper(close, () => readTree(r, path, leaves));
    r.take(",");
    if (r.i === before) r.i++;
  }
  if (r.kind() === T.close) r.i = close + 1;
}

function leaf(r: Reader, path: readonly string[], name: string, at: number, index = r.i): UseLeaf {
  const file = r.file(index);
  return file === 0 ? { path: [...path], name, at } : { path: [...path], name, at, file };
}
