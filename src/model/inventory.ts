import type { Arch } from "./host.ts";
import type { Context, Via } from "./site.ts";
import type { ConstantClass } from "./knowledge.ts";

/** One line of `ape-lint inventory --format jsonl`: a resolved use of the libc crate. */
export interface InventoryRow {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly kind: "const" | "fn" | "struct" | "static";
  readonly symbol: string;
  readonly via: Via;
  readonly context: Context;
  /** All of them, where the text of a macro puts the same name into several. */
  readonly contexts?: readonly Context[];
  readonly active: "yes" | "unknown";
  readonly reachable: "yes" | "no" | "unknown";
  readonly class: ConstantClass | "missing" | "other-contract" | "ok";
  readonly archs: readonly Arch[];
}
