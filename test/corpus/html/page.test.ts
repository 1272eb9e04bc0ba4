import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../../cli/support.ts";
import { barriers, noBrowser, startBrowser, withPage } from "./browser.ts";
import { missing } from "../missing.ts";
import { writeWorkspace } from "./workspace.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

const why = noBrowser();
if (why !== undefined) process.stderr.write(`the page in a browser (SKIPPED: ${why})\n`);
const whyCrates = why ?? missing("cargo");
if (whyCrates !== undefined)
  process.stderr.write(`pages of published crates (SKIPPED: ${whyCrates})\n`);

const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-html-"));
let browser: Browser;
beforeAll(async () => {
  if (why === undefined) browser = await startBrowser();
});
afterAll(async () => {
  if (why === undefined) await browser.close();
  rmSync(dir, { recursive: true, force: true });
});

async function pageOf(name: string, args: readonly string[]): Promise<string> {
  const file = path.join(dir, `${name}.html`);
  const flags = ["--format", `html=${file}`, "--fail-on", "never", "--quiet"];
  const { code, stderr } = await runCli(["check", ...args, ...flags], { cwd: ROOT });
  expect(code, stderr).toBe(0);
  return file;
}

const demo = (): Promise<string> => pageOf("demo", ["fixtures/demo", "--no-cargo"]);
const wide = (): Promise<string> => {
  const folder = path.join(dir, "wide");
  writeWorkspace(folder, 30);
  return pageOf("wide", [folder, "--no-cargo", "--all"]);
};

describe.skipIf(why !== undefined)("the page of the demo workspace", () => {
  test.each(["light", "dark"] as const)(
    "has no barrier in %s, wide and narrow, all open",
    async (colorScheme) => {
      const file = await demo();
      for (const size of [DESK, PHONE]) {
        await withPage(browser, file, { ...size, colorScheme }, async ({ page }) => {
          expect(await barriers(page)).toEqual([]);
          await page.getByRole("button", { name: "Open all" }).click();
          expect(await page.locator(".spot").first().isVisible()).toBe(true);
          expect(await barriers(page)).toEqual([]);
        });
      }
    },
  );

  test("fits a phone: nothing but tables is wider than the screen", async () => {
    await withPage(browser, await demo(), PHONE, async ({ page }) => {
      await page.getByRole("button", { name: "Open all" }).click();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    });
  });

  test("filters by host, crate, rule, field note, state and text, says what is left, and shows all again", async () => {
    await withPage(browser, await demo(), DESK, async ({ page }) => {
      const shown = page.locator("#shown");
      const all = await shown.innerText();
      const total = Number(/^All (\d+) results are shown\.$/.exec(all)?.[1]);
      expect(total).toBeGreaterThan(10);
      for (const label of ["Host", "Crate", "Rule", "Field note"]) {
        const select = page.getByLabel(label, { exact: true });
        const options = await select.locator("option").allInnerTexts();
        expect(options.length).toBeGreaterThan(2);
        for (const [index, option] of options.entries()) {
          if (index === 0) continue;
          const promised = / \((\d+)\)$/.exec(option)?.[1];
          await select.selectOption({ index });
          const said =
            promised === String(total) ? all : `${promised} of ${total} results are shown.`;
          expect(await shown.innerText()).toBe(said);
        }
        await select.selectOption({ index: 0 });
        expect(await shown.innerText()).toBe(all);
      }
      await page
        .getByLabel("Crate", { exact: true })
        .selectOption({ label: await option(page, "plainsock") });
      expect(await page.locator("section.crate:visible").count()).toBe(1);
      await page.getByRole("button", { name: "Show all" }).click();
      await page.getByLabel("Text").fill("msg_nosignal");
      await page.getByRole("button", { name: "Open all" }).click();
      for (const text of await page.locator(".spot:visible").allInnerTexts())
        expect(text).toContain("MSG_NOSIGNAL");
      expect(await page.locator(".spot:visible").count()).toBeGreaterThan(0);
    });
  });

  test("is walked with the keyboard: skip link, results, a filter, a result", async () => {
    await withPage(browser, await demo(), DESK, async ({ page }) => {
      const focused = (): Promise<string> =>
        page.evaluate<string>(
          "`${document.activeElement.localName} ${document.activeElement.textContent.trim()}`",
        );
      await page.keyboard.press("Tab");
      expect(await focused()).toBe("a Skip to the results");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(await page.evaluate('document.activeElement.closest("#filters") !== null')).toBe(true);
      await page.keyboard.press("ArrowDown");
      expect(await page.locator("#shown").innerText()).toMatch(/results are shown/);
      const stops = new Set<string>();
      for (let count = 0; count < 60; count++) {
        await page.keyboard.press("Tab");
        stops.add(await page.evaluate<string>("document.activeElement.localName"));
        if (await page.evaluate<boolean>('document.activeElement.matches(".group > summary")'))
          break;
      }
      expect([...stops]).toEqual(expect.arrayContaining(["select", "button", "summary"]));
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(true);
    });
  });

  test("a reason leads to its line of code, also when a filter hides it", async () => {
    await withPage(browser, await demo(), DESK, async ({ page }) => {
      await page.getByLabel("Text").fill("nothing has this");
      expect(await page.locator(".spot:visible").count()).toBe(0);
      const reason = page.locator(".why li > a").first();
      const target = (await reason.getAttribute("href"))!.slice(1);
      await reason.click();
      await expect.poll(() => page.locator(`[id="${target}"]`).isVisible()).toBe(true);
      expect(await page.evaluate("document.activeElement.id")).toBe(target);
    });
  });

  test("is read without its script", async () => {
    await withPage(
      browser,
      await demo(),
      { ...DESK, javaScriptEnabled: false },
      async ({ page }) => {
        expect(await page.locator("#filters").isVisible()).toBe(false);
        const group = page.locator(".group").first();
        await group.locator("summary").first().click();
        expect(await group.locator("mark").first().isVisible()).toBe(true);
      },
    );
  });

  test("reads aloud in order: title, hosts, crates, results", async () => {
    await withPage(browser, await demo(), DESK, async ({ page }) => {
      const tree = await page.locator("body").ariaSnapshot();
      const order = [
        '"Verdict per host"',
        "What decides each host",
        "Crates against hosts",
        "Who brings them in",
        "Results",
        "Not analysed",
      ].map((text, at) => (at === 0 ? `list ${text}` : `heading "${text}"`));
      const places = order.map((text) => tree.indexOf(text));
      expect(
        places.every((at) => at >= 0),
        tree.slice(0, 2000),
      ).toBe(true);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(tree).toMatch(/row "echo-server[^"]*(?:works|fails|degraded|does not build)/);
    });
  });

  test("prints on paper: dark on white, no controls, what was opened is there, nothing cut off", async () => {
    await withPage(browser, await demo(), { ...DESK, colorScheme: "dark" }, async ({ page }) => {
      await page.locator(".group > summary").first().click();
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("nav").isVisible()).toBe(false);
      expect(await page.locator(".controls").isVisible()).toBe(false);
      expect(await page.locator("mark").first().isVisible()).toBe(true);
      expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(0, 0, 0)");
      await page.setViewportSize({ width: 700, height: 1000 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(700);
      const works = 'getComputedStyle(document.documentElement).getPropertyValue("--works-bg")';
      expect(await page.evaluate(works)).toBe("#e4f4e8");
      expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
    });
  });
});

async function option(page: Page, start: string): Promise<string> {
  const texts = await page.getByLabel("Crate", { exact: true }).locator("option").allInnerTexts();
  return texts.find((text) => text.startsWith(start)) ?? "";
}

const TREES: readonly (readonly [name: string, page: () => Promise<string>])[] = [
  ["a workspace of 30 packages", wide],
  ["xh@0.26.3", () => pageOf("xh", ["xh@0.26.3", "--all"])],
  ["bottom@0.15.0", () => pageOf("bottom", ["bottom@0.15.0", "--all"])],
];

describe.skipIf(why !== undefined)("opens in less than a second, without a barrier", () => {
  for (const [name, make] of TREES) {
    test.skipIf(name.includes("@") && whyCrates !== undefined)(`${name}`, async () => {
      const file = await make();
      const times: number[] = [];
      await withPage(browser, file, DESK, async ({ page, milliseconds }) => {
        times.push(milliseconds);
        expect(await page.locator(".spot").count()).toBeGreaterThan(100);
        expect(await barriers(page)).toEqual([]);
      });
      for (let more = 0; more < 2; more++) {
        await withPage(
          browser,
          file,
          PHONE,
          async ({ milliseconds }) => void times.push(milliseconds),
        );
      }
      process.stderr.write(
        `${name}: ${Math.round(readFileSync(file).length / 1024)} KiB, opened in ${times.map(Math.round).join(", ")} ms\n`,
      );
      // NOTE: the least of three: what else this machine does at the time is not the page's doing.
      expect(Math.min(...times)).toBeLessThan(1000);
    });
  }
});
