/** Writes the JSON schemas that editors and other tools read, from the schemas that the code checks with. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { schemaFiles } from "./files.ts";

const folder = path.join(import.meta.dirname, "../../schemas");
await mkdir(folder, { recursive: true });
for (const [name, text] of schemaFiles()) await writeFile(path.join(folder, name), text);
