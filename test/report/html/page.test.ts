import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render } from "../../../src/report/index.ts";
import { readReport } from "../../../src/report/read.ts";
import { SCRIPT } from "../../../src/report/html/script.ts";
import { STYLE } from "../../../src/report/html/style.ts";
import { anyReport, anySource, bigReport } from "../generated.ts";
import { RULES, TAXONOMY } from "../known.ts";
import { reportCase, reportCases } from "../load.ts";
import { elementsOf, textOf } from "./elements.ts";

const OPTIONS = { rules: RULES, taxonomy: TAXONOMY };
/** All that the page is made of; what a crate says must add none. */
const TAGS = new Set(
  "a b body button circle code dd details div dl dt footer h1 h2 h3 h4 head header html input label li main mark meta nav ol option p path pre rect script section select small span style summary svg symbol table tbody td th thead title tr ul use wbr".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(
  "aria-hidden aria-label aria-labelledby autocomplete charset class content cx cy d data-by data-n for hidden href http-equiv height id lang name open r rel role rx scope spellcheck tabindex title type value viewBox width x y".split(
    " ",
  ),
);

function rowsOf(page: string): number[][] {
  const block = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(page)?.[1];
  return block === undefined ? [] : (JSON.parse(block) as { rows: number[][] }).rows;
}

describe.each(reportCases())("the page of $name", ({ report, options }) => {
  const page = render("html", report, options);
  const elements = elementsOf(page);

  it("has every id once, and a place for every link within it", () => {
    const ids = elements.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const links = elements.flatMap(({ attributes }) => attributes.get("href") ?? []);
    const inner = links.filter((link) => link.startsWith("#")).map((link) => link.slice(1));
    expect(inner.filter((link) => !ids.includes(link))).toEqual([]);
    const labels = elements.flatMap(({ attributes }) => attributes.get("aria-labelledby") ?? []);
    expect(labels.filter((label) => !ids.includes(label))).toEqual([]);
  });

  it("closes what it opens", () => {
    const open: string[] = [];
    for (const { tag, kind } of elements) {
      if (kind === "open") open.push(tag);
      if (kind === "close") expect(open.pop()).toBe(tag);
    }
    expect(open).toEqual([]);
  });

  it("names every host with its verdict in words", () => {
    for (const { host, verdict } of report.matrix) {
      const [system = ""] = host.split("-");
      expect(textOf(page).toLowerCase()).toContain(system);
      expect(textOf(page)).toContain(verdict);
    }
  });

  it("tells the place and the symbol of every result", () => {
    expect(report.results.length).toBe(rowsOf(page).reduce((sum, row) => sum + row[6]!, 0));
    for (const { symbol, file, span } of report.results) {
      const told = textOf(page).replaceAll(/\s+/g, " ");
      if (/^[\w ./#ößé-]+$/u.test(file))
        expect(told).toContain(`${file.split("/").at(-1)}:${span.start.line}`);
      if (/^\w+$/.test(symbol)) expect(told).toContain(symbol);
    }
  });

  it("gives the script one row for each line of code", () => {
    const spots = elements.filter(({ attributes }) => attributes.get("class") === "spot");
    expect(rowsOf(page).length).toBe(spots.length);
  });

  it("is the same from a saved report, but for code that is not at hand", () => {
    const read = readReport(render("json", report), "saved.json");
    expect(elementsOf(render("html", read, OPTIONS)).map(({ tag }) => tag)).toEqual(
      elementsOf(render("html", report, OPTIONS)).map(({ tag }) => tag),
    );
  });
});

describe("a page", () => {
  it("lets only its own style and script run, and nothing be loaded", () => {
    const page = render("html", reportCase("xh").report, OPTIONS);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const hash = (text: string): string =>
      `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(SCRIPT)}`,
      `style-src ${hash(STYLE)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(/<style>([^]*?)<\/style>/.exec(page)?.[1]).toBe(STYLE);
    expect(page).toContain(`<script>${SCRIPT}</script>`);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
    expect(STYLE).not.toMatch(/url\(|@import/);
    expect(SCRIPT).not.toMatch(
      /innerHTML|insertAdjacent|document\.write|eval|fetch|XMLHttp|import\(/,
    );
  });

  it("makes no markup of what a crate says", () => {
    const { report, options } = reportCase("hostile");
    const page = render("html", report, options);
    expect(page).not.toMatch(/<img|<b>\||<script>alert|href="https?:\/\/evil/);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it.each([
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>-->",
    `"' onmouseover="alert(1)`,
    "javascript:alert(1)",
    "&lt;b&gt;&amp;",
    "\u0000\u001b[31m\u202e",
  ])("shows %j as text wherever a crate can say it", (evil) => {
    const { report } = reportCase("xh");
    const packages = report.packages.map((one) => ({
      ...one,
      version: `${one.version}${evil}`,
      features: [evil],
    }));
    const results = report.results.map((one) => ({
      ...one,
      rule: evil,
      message: evil,
      help: evil,
      symbol: evil,
      file: evil,
      taxa: [evil],
      via: [evil],
      fingerprint: `${evil}${one.fingerprint}`,
      package: { ...one.package, version: `${one.package.version}${evil}` },
    }));
    const hostile = { ...report, packages, results, release: evil, profile: evil, target: evil };
    const rules = [
      { ...RULES[0]!, id: evil, title: evil, description: evil, links: [evil, `https://${evil}`] },
    ];
    const taxonomy = [{ ...TAXONOMY[0]!, id: evil, title: evil }];
    const page = render("html", hostile, { rules, taxonomy, source: () => `${evil}\n`.repeat(20) });
    expect(foreign(page)).toEqual([]);
    expect(page.match(/<script/g)).toHaveLength(2);
  });

  it("is made of known tags and attributes only, whatever a crate holds", () => {
    fc.assert(
      fc.property(anyReport, anySource, (report, text) => {
        const page = render("html", report, { ...OPTIONS, source: () => text });
        expect(foreign(page)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("stays small: a thousand results take less than a megabyte and a half", () => {
    const source = (): string =>
      "    let flags = libc::O_NONBLOCK | libc::O_CLOEXEC;\n".repeat(2500);
    const page = render("html", bigReport(1000), { ...OPTIONS, source });
    expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
  });

  it("cuts a line of a megabyte, and keeps what is marked in sight", () => {
    const { report } = reportCase("xh");
    const [first] = report.results;
    const span = { start: { line: 1, column: 500_001 }, end: { line: 1, column: 500_007 } };
    const line = `${"a".repeat(500_000)}MARKED${"b".repeat(500_000)}`;
    const page = render(
      "html",
      { ...report, results: [{ ...first!, span }] },
      { source: () => line },
    );
    expect(page).toContain("<mark>MARKED</mark>");
    expect(Buffer.byteLength(page)).toBeLessThan(60_000);
  });
});

/** Tags, attributes and values that are not ours. */
function foreign(page: string): string[] {
  return elementsOf(page).flatMap(({ tag, attributes }) => {
    const bad = [...attributes].filter(([name, value]) => {
      if (!ATTRIBUTES.has(name)) return true;
      if (name === "href") return !/^(?:#[\w-]+|https:\/\/[^\s"<>]+)$/.test(value);
      return (name === "class" || name === "id") && !/^[\w -]+$/.test(value);
    });
    return [
      ...(TAGS.has(tag) ? [] : [tag]),
      ...bad.map(([name, value]) => `${tag} ${name}=${value}`),
    ];
  });
}
