/** Writes the pages that are made from the tables of the command line. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { docFiles } from "./files.ts";

for (const [name, text] of docFiles()) {
  const file = path.join(import.meta.dirname, "../..", name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
