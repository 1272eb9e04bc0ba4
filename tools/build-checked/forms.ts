import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { buildCfgs } from "../../src/kb/build-cfg.ts";
import { loadCrates } from "../../src/kb/crates.ts";
import { loadFallback } from "../../src/kb/fallback.ts";
import { listData } from "../../src/kb/files.ts";
import { loadFolding } from "../../src/kb/folding.ts";
import { knownProfiles, loadProfile } from "../../src/kb/profiles.ts";
import { loadSpecNeeds } from "../../src/kb/target-spec.ts";
import { loadTaxonomy } from "../../src/kb/taxonomy.ts";
import { loadRules } from "../../src/rules/index.ts";
import { onOwnText, type CheckedText } from "../../src/util/checked.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Texts of one form by name, as the program looks them up. */
export type Form = Map<string, Pick<CheckedText, "text" | "value">>;

/** Has the program's own readers read all that is written by hand, and keeps what they say. */
export async function checkedForms(): Promise<Map<string, Form>> {
  const forms = new Map<string, Form>();
  const files = new Set<string>();
  onOwnText(({ form, name, text, file, value }) => {
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value))
      throw new Error(`${file}: its value is not the same once it is JSON`);
    forms.set(form, (forms.get(form) ?? new Map<string, never>()).set(name, { text, value }));
    files.add(resolve(ROOT, file));
  });
  await readAll();
  const unread = ownFiles().filter((file) => !files.has(file));
  if (unread.length > 0) throw new Error(`nothing reads ${unread.join(", ")}`);
  return forms;
}

async function readAll(): Promise<void> {
  await loadRules();
  loadTaxonomy();
  loadCrates();
  loadFolding();
  loadFallback();
  loadSpecNeeds();
  for (const id of knownProfiles()) loadProfile(id);
  for (const name of listData("build-cfg")) buildCfgs(name, "0.0.0");
}

/** Every file that people write for the program to read, rules' own test cases apart. */
function ownFiles(): string[] {
  return ["rules", "data"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".yml") && basename(file) !== "cases.yml")
      .map((file) => join(ROOT, folder, file)),
  );
}
