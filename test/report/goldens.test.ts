import path from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS, render } from "../../src/report/index.ts";
import { SCRIPT } from "../../src/report/html/script.ts";
import { STYLE } from "../../src/report/html/style.ts";
import type { FormatName } from "../../src/report/index.ts";
import { reportCases } from "./load.ts";

const ENDINGS: Readonly<Record<FormatName, string>> = {
  text: "txt",
  json: "json",
  sarif: "sarif",
  jsonl: "jsonl",
  github: "annotations",
  gitlab: "gitlab.json",
  markdown: "md",
  html: "html",
  "cargo-json": "cargo.jsonl",
};

/** A page without what is the same in every page. */
function withoutAssets(page: string): string {
  return page
    .replace(STYLE, "")
    .replace(SCRIPT, "")
    .replaceAll(/'sha256-[^']+'/g, "'sha256-…'");
}

describe.each(reportCases())("report $name", ({ folder, report, options }) => {
  it.each(FORMATS)("as %s", async (format) => {
    const output = render(format, report, options);
    const told = format === "html" ? withoutAssets(output) : output;
    await expect(told).toMatchFileSnapshot(path.join(folder, `expected.${ENDINGS[format]}`));
    expect(render(format, report, options)).toBe(output);
  });

  it("as text for a narrow terminal without line drawing, all places", async () => {
    const style = { width: 60, unicode: false, all: true };
    const output = render("text", report, { ...options, text: style });
    await expect(output).toMatchFileSnapshot(path.join(folder, "expected.narrow.txt"));
  });
});
