import { readFileSync } from "node:fs";
import path from "node:path";
import { DATA_DIR } from "./data-dir.ts";

/** Texts of the files that `init` writes as they are. */
export interface InitTexts {
  readonly linker: string;
  readonly shims: string;
}

/** Reads them. */
export function loadInitTexts(): InitTexts {
  const read = (name: string): string => readFileSync(path.join(DATA_DIR, "init", name), "utf8");
  return { linker: read("linker.sh"), shims: read("shims.c") };
}
