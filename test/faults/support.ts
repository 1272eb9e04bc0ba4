import path from "node:path";
import { readReport } from "../../src/report/read.ts";

/** The project's folder. */
export const ROOT = path.join(import.meta.dirname, "../..");

/** A small workspace with results, with all of its sources. */
export const DEMO = path.join(ROOT, "fixtures/demo");

/** What a run answered, without the time that it took. */
export function answerOf(json: string): unknown {
  const { stats, ...rest } = readReport(json, "out.json");
  const { milliseconds: _, ...numbers } = stats;
  return { ...rest, stats: numbers };
}
