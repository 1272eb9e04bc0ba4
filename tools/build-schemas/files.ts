import { z } from "zod";
import { configSchema } from "../../src/config/index.ts";

const SCHEMAS = [
  {
    name: "ape-lint.schema.json",
    title: "Configuration of ape-lint: ape-lint.toml",
    schema: configSchema,
  },
] as const;

/** Every generated schema: name of its file, and the text that has to be in it. */
export function schemaFiles(): [name: string, text: string][] {
  return SCHEMAS.map(({ name, title, schema }) => {
    const generated = z.toJSONSchema(schema, { target: "draft-7" });
    return [name, `${JSON.stringify({ ...generated, title }, null, 2)}\n`];
  });
}
