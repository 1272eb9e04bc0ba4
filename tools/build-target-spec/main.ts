/** Writes what a compiler says about target specifications: `npx tsx tools/build-target-spec/main.ts [+toolchain]`. */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const TRIPLES = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"];

const node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  $ref: z.string().optional(),
});
const schema = z.looseObject({
  properties: z.record(
    z.string(),
    z.looseObject({ ...node.shape, anyOf: z.array(node).optional() }),
  ),
  required: z.array(z.string()),
  $defs: z.record(
    z.string(),
    z.looseObject({
      ...node.shape,
      anyOf: z.array(node).optional(),
      oneOf: z.array(node).optional(),
    }),
  ),
});
type Schema = z.output<typeof schema>;

const toolchain = process.argv[2] ?? "+nightly";
const rustc = (...args: string[]): string =>
  execFileSync("rustc", [toolchain, "-Zunstable-options", ...args], {
    encoding: "utf8",
    env: { ...process.env, RUSTC_BOOTSTRAP: "1" },
  });

const told = schema.parse(JSON.parse(rustc("--print", "target-spec-json-schema")));
const fields = Object.fromEntries(
  Object.entries(told.properties).map(([name, each]) => [name, kindOf(told, each)]),
);
const layouts = Object.fromEntries(
  TRIPLES.map((triple) => {
    const spec = z
      .looseObject({ "data-layout": z.string() })
      .parse(JSON.parse(rustc("--print", "target-spec-json", "--target", triple)));
    return [triple, spec["data-layout"]];
  }),
);
const [version = ""] = rustc("--version").split("\n");
const data = { rustc: version, required: told.required, fields, layouts };
const file = path.join(import.meta.dirname, "../../data/target-spec/rustc.json");
await writeFile(file, `${JSON.stringify(data, null, 2)}\n`);

/** JSON types that a field takes, and its words where it takes no others. */
function kindOf(
  all: Schema,
  each: Schema["properties"][string],
): { types: string[]; words?: string[] } {
  const parts = [each, ...(each.anyOf ?? [])].map((part) => resolved(all, part.$ref) ?? part);
  const inner = parts.flatMap((part) => [
    part,
    ...nodesOf(part["anyOf"]),
    ...nodesOf(part["oneOf"]),
  ]);
  const types = new Set(inner.flatMap(({ type = [] }) => type).filter((type) => type !== "null"));
  const words = inner.flatMap(
    (part) => part.enum ?? (part.const === undefined ? [] : [part.const]),
  );
  const found = { types: [...types].toSorted() };
  return words.length > 0 && found.types.join() === "string" ? { ...found, words } : found;
}

function nodesOf(value: unknown): z.output<typeof node>[] {
  return value === undefined ? [] : z.array(node).parse(value);
}

function resolved(all: Schema, ref: string | undefined): Schema["$defs"][string] | undefined {
  return ref === undefined ? undefined : all.$defs[ref.replace("#/$defs/", "")];
}
