import type { Plan } from "../../model/plan.ts";
import type { TextStyle } from "../options.ts";
import { safeJson } from "../plain.ts";
import { planMarkdown } from "./markdown.ts";
import { planText } from "./text.ts";

/** Forms that `ape-lint plan` has. */
export const PLAN_FORMATS = ["text", "json", "markdown"] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

/** Writes the work list. Pure. */
export function renderPlan(format: PlanFormat, plan: Plan, style: TextStyle = {}): string {
  if (format === "json") return `${safeJson({ schemaVersion: 1, ...plan }, 2)}\n`;
  return format === "markdown" ? planMarkdown(plan, style) : planText(plan, style);
}
