/** Makes the folder of a new rule: `tsx tools/new-rule/main.ts <id> <title>`. Nothing has to be registered. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { newRuleFiles, problemOfId } from "./files.ts";

const rules = path.join(import.meta.dirname, "../../rules");
const [id = "", ...words] = process.argv.slice(2);
const problem =
  words.length === 0 ? "usage: new-rule <id> <title>" : problemOfId(id, await readdir(rules));
if (problem !== undefined) {
  console.error(problem);
  process.exit(2);
}
await mkdir(path.join(rules, id));
for (const [name, text] of Object.entries(newRuleFiles({ id, title: words.join(" ") }))) {
  await writeFile(path.join(rules, id, name), text, { flag: "wx" });
}
console.log(`rules/${id} is there; fill it in, then run: npx vitest run test/rules -t ${id}`);
