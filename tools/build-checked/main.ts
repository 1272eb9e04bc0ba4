/** Lays down beside the built program what its rules and hand-written data say, read and checked. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkedFile } from "../../src/util/checked.ts";
import { checkedForms } from "./forms.ts";

const folder = join(import.meta.dirname, "../../dist/checked");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [form, texts] of await checkedForms())
  writeFileSync(join(folder, checkedFile(form)), JSON.stringify(Object.fromEntries(texts)));
