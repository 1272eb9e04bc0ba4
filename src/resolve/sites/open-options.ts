import { MENTION_STRIDE } from "../../extract/facts.ts";
import type { Unit } from "../graph.ts";

/** Where options to open files begin. */
const BEGINNINGS = new Set(["std::fs::OpenOptions::new", "std::fs::File::options"]);
/** Methods that ask for a flag whose number differs between hosts. */
const FLAGS = new Set([".create", ".create_new", ".append", ".truncate", ".custom_flags"]);

/** Options that are begun and used in one function which asks for none of the flags that make or empty files. */
export function opensExisting(unit: Unit, item: number, name: string): boolean {
  if (!BEGINNINGS.has(name)) return false;
  const { mentions, paths } = unit.facts;
  let opens = false;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    if (mentions[at + 4] !== item) continue;
    const path = paths[mentions[at]!]!;
    if (FLAGS.has(path)) return false;
    opens ||= path === ".open";
  }
  return opens;
}
