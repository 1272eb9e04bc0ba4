import { readdirSync, type Dirent } from "node:fs";
import { byText } from "./sorted.ts";

/** The entries of a folder by name; none when it can't be read. A link is neither a file nor a folder. */
export function entriesOf(dir: string): readonly Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => byText(a.name, b.name));
  } catch {
    return [];
  }
}
