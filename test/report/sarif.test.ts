import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HARMS } from "../../src/model/rule.ts";
import { render } from "../../src/report/index.ts";
import type { RenderOptions } from "../../src/report/index.ts";
import { anyReport, anySource, bigReport } from "./generated.ts";
import { RULES, TAXONOMY } from "./known.ts";
import { reportCase, reportCases } from "./load.ts";
import { checkSarif } from "./sarif-schema.ts";

const OPTIONS: RenderOptions = { rules: RULES, taxonomy: TAXONOMY, exitCode: 1 };

describe("SARIF over hand-made reports", () => {
  it.each(reportCases())("$name holds to the schema and GitHub's limits", ({ report, options }) => {
    const run = checkSarif(render("sarif", report, options));
    expect(run.tool.driver.rules?.map((rule) => rule.id).slice(0, RULES.length)).toEqual(
      RULES.map((rule) => rule.id),
    );
  });

  it("names all rules and taxa when nothing was found", () => {
    const { report, options } = reportCase("empty");
    const run = checkSarif(render("sarif", report, options));
    expect(run.results).toEqual([]);
    expect(run.tool.driver.rules).toHaveLength(RULES.length);
    expect(run.taxonomies?.[0]?.taxa?.map((taxon) => taxon.id)).toEqual(
      TAXONOMY.map((taxon) => taxon.id),
    );
  });

  it("points from rules and results into the taxonomy", () => {
    const { report, options } = reportCase("xh");
    const run = checkSarif(render("sarif", report, options));
    const taxa = run.taxonomies?.[0]?.taxa ?? [];
    const references = [
      ...(run.tool.driver.rules ?? []).flatMap((rule) =>
        (rule.relationships ?? []).map((one) => one.target),
      ),
      ...(run.results ?? []).flatMap((result) => result.taxa ?? []),
    ];
    expect(references.length).toBeGreaterThan(4);
    for (const { id, index } of references) expect(taxa[index ?? -1]?.id).toBe(id);
  });
});

describe("SARIF suppressions", () => {
  const { report, options } = reportCase("own");

  it("leaves suppressed and repaired results out", () => {
    const text = render("sarif", report, options);
    for (const symbol of ["ENOSYS", "EINTR", "EIO"]) expect(text).not.toContain(symbol);
  });

  it("writes suppressed ones with kind and reason when asked", () => {
    const run = checkSarif(
      render("sarif", report, { ...options, sarif: { includeSuppressed: true } }),
    );
    const suppressions = run.results?.flatMap((result) => result.suppressions ?? []);
    expect(suppressions).toMatchObject([{ kind: "inSource", justification: "checked by hand" }]);
  });
});

describe("SARIF of many results", () => {
  it.each([0, 1, 5001, 25_000])("keeps the worst of %i", { timeout: 60_000 }, (count) => {
    const report = bigReport(count);
    const source = (): string => "    libc::X;\n".repeat(2500);
    const text = render("sarif", report, { ...OPTIONS, source });
    const run = checkSarif(text);
    expect(run.results).toHaveLength(Math.min(count, 5000));
    const harms = (run.results ?? [])
      .filter((result) => result.level !== "note")
      .map((result) => HARMS.indexOf(result.properties?.["harm"]));
    expect(harms).toEqual(harms.toSorted((a, b) => a - b));
    const dropped = count - (run.results?.length ?? 0);
    const [told] = run.invocations?.[0]?.toolExecutionNotifications ?? [];
    const dropping = `${dropped.toLocaleString("en-US")} result`;
    expect(told?.message.text?.startsWith(dropping) ?? false).toBe(dropped > 0);
    expect(Buffer.byteLength(text)).toBeLessThan(10_000_000);
    expect(render("sarif", report, { ...OPTIONS, source })).toBe(text);
  });

  it("keeps as many as asked", () => {
    const text = render("sarif", bigReport(50), { ...OPTIONS, sarif: { maxResults: 7 } });
    expect(checkSarif(text).results).toHaveLength(7);
  });
});

describe("SARIF of anything", () => {
  it("is always valid and the same twice", () => {
    fc.assert(
      fc.property(anyReport, anySource, fc.boolean(), (report, text, hasLock) => {
        const options: RenderOptions = {
          ...OPTIONS,
          source: (_name, _version, file) => (file.length % 3 === 0 ? undefined : text),
          ...(hasLock && { lockfile: { path: "Cargo.lock", text } }),
        };
        const output = render("sarif", report, options);
        checkSarif(output);
        expect(render("sarif", report, options)).toBe(output);
      }),
      { numRuns: 150 },
    );
  });
});
