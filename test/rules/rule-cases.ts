import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { EDITIONS, type Edition } from "../../src/model/workspace.ts";
import { OWN_RULES } from "../../src/rules/index.ts";
import { readYaml } from "../../src/util/yaml.ts";

const shared = {
  name: z.string().regex(/^[a-z0-9-]+$/u),
  why: z.string().min(1),
  edition: z.enum(EDITIONS).optional(),
  profile: z.string().optional(),
  /** One Rust file. */
  code: z.string().optional(),
  /** A package; the dependencies that its Cargo.toml names are taken as resolved. */
  files: z.record(z.string(), z.string()).optional(),
};
const bad = z.strictObject({ ...shared, expect: z.array(z.string()).min(1) });
const ok = z.strictObject(shared);

/** `cases.yml`: what a rule must see, by the names that it tells, and what it must leave alone. */
export const casesSchema = z.strictObject({ bad: z.array(bad).min(1), ok: z.array(ok).min(1) });

export interface RuleCase {
  readonly kind: "bad" | "ok";
  readonly name: string;
  readonly why: string;
  readonly edition?: Edition | undefined;
  readonly profile?: string | undefined;
  readonly code?: string | undefined;
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly expect: readonly string[];
}

/** The folders of our own rules, by id. */
export const RULE_IDS = readdirSync(OWN_RULES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

export function folderOf(id: string): string {
  return path.join(OWN_RULES, id);
}

/** Reads the cases of a rule, bad ones first. */
export function readCases(id: string): RuleCase[] {
  const file = path.join(folderOf(id), "cases.yml");
  const cases = readYaml({ text: readFileSync(file, "utf8"), file, schema: casesSchema });
  return [
    ...cases.bad.map((each) => ({ kind: "bad" as const, ...each })),
    ...cases.ok.map((each) => ({ kind: "ok" as const, expect: [], ...each })),
  ];
}

export interface Page {
  readonly title: string;
  readonly text: string;
  readonly headings: readonly string[];
  /** Blocks of Rust code with the word behind the language: `bad` or `ok`. */
  readonly blocks: readonly { readonly kind: string; readonly code: string }[];
}

/** Reads a rule's page. */
export function readPage(id: string): Page {
  const text = readFileSync(path.join(folderOf(id), "README.md"), "utf8");
  const blocks = [...text.matchAll(/^```rust(.*)\n([\s\S]*?)^```$/gmu)];
  return {
    title: /^# (.*)$/mu.exec(text)?.[1] ?? "",
    text,
    headings: [...text.matchAll(/^## (.*)$/gmu)].map((heading) => heading[1] ?? ""),
    blocks: blocks.map((block) => ({ kind: (block[1] ?? "").trim(), code: block[2] ?? "" })),
  };
}
