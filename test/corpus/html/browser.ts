import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { expect } from "vitest";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Why there is no browser to test with; undefined when there is one. */
export function noBrowser(): string | undefined {
  return existsSync(CHROMIUM) ? undefined : `there is no ${CHROMIUM}; CHROMIUM names another place`;
}

/** Starts the browser. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

/** A page that was opened, and what it did that it should not. */
export interface Opened {
  readonly page: Page;
  /** Milliseconds from the start of loading to the end of the page's own work. */
  readonly milliseconds: number;
  /** Requests other than for the file itself, and everything that the browser complains of. */
  readonly trouble: readonly string[];
}

/** Opens a file in a window of its own; `look` gets it, and it is closed afterwards. */
export async function withPage(
  browser: Browser,
  file: string,
  options: BrowserContextOptions,
  look: (opened: Opened) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const trouble: string[] = [];
  page.on("console", (message) => trouble.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  const milliseconds =
    options.javaScriptEnabled === false
      ? 0
      : await page.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd');
  await look({ page, milliseconds, trouble });
  expect(trouble).toEqual([]);
  await context.close();
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What an accessibility check finds that is serious or critical, one line each. */
export async function barriers(page: Page): Promise<string[]> {
  // NOTE: the page's policy forbids foreign scripts; the debugger's own way in does not ask it.
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send("Runtime.evaluate", {
    expression: `${axe.source};axe.run(document, { resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations))`,
    awaitPromise: true,
    returnByValue: true,
  });
  const violations = JSON.parse(String(result.value)) as Violation[];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
