import { z } from "zod";
import { configSchema } from "../../src/config/index.ts";
import { reportV1JsonSchema } from "../../src/report/json-schema.ts";
import { planV1JsonSchema } from "../../src/report/plan/schema.ts";
import { ruleSchema } from "../../src/rules/schema.ts";

/** Every generated schema: name of its file, and the text that has to be in it. */
export function schemaFiles(): [name: string, text: string][] {
  return [
    [
      "ape-lint.schema.json",
      text(titled(configSchema(), "Configuration of ape-lint: ape-lint.toml")),
    ],
    ["plan.v1.schema.json", text(planV1JsonSchema())],
    ["report.v1.schema.json", text(reportV1JsonSchema())],
    ["rule.schema.json", text(titled(ruleSchema, "A rule of ape-lint: rules/<id>/rule.yml"))],
  ];
}

// NOTE: draft 7 is what editors' TOML and YAML extensions read.
function titled(schema: z.ZodType, title: string): unknown {
  return { title, ...z.toJSONSchema(schema, { target: "draft-7", io: "input" }) };
}

function text(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
