import type { Report } from "../model/result.ts";
import { github } from "./annotations.ts";
import { cargoJson } from "./cargo-json.ts";
import { gitlab } from "./gitlab.ts";
import { htmlPage } from "./html/index.ts";
import { json, jsonl } from "./json.ts";
import { markdown } from "./markdown.ts";
import type { FormatName, Reporter, RenderOptions } from "./options.ts";
import { sarif } from "./sarif/index.ts";
import { text } from "./text/index.ts";

export { FORMATS } from "./options.ts";
export type { FormatName, RenderOptions, SarifStyle, TextStyle, TreeFile } from "./options.ts";
export { rowsAsJsonl } from "./json.ts";
export { changedOnly } from "./changed.ts";

const REPORTERS: Readonly<Record<FormatName, Reporter>> = {
  text,
  json,
  jsonl,
  sarif,
  github,
  gitlab,
  markdown,
  html: htmlPage,
  "cargo-json": cargoJson,
};

export { isSarif, mergeSarif, type SarifFile } from "./sarif/merge.ts";

/** Writes a report in a format. Pure: the same report and options give the same bytes. */
export function render(format: FormatName, report: Report, options: RenderOptions = {}): string {
  return REPORTERS[format](report, options);
}
