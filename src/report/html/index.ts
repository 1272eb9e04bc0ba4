import { createHash } from "node:crypto";
import type { Reporter } from "../options.ts";
import { count } from "../plain.ts";
import { subject, tally, verdictLine } from "../summary.ts";
import { crateSection } from "./crates.ts";
import { gapSection, noticeSection } from "./rest.ts";
import { hostSection, hostStrip, lead } from "./hosts.ts";
import { shapes } from "./marks.ts";
import { Html, markup } from "./markup.ts";
import { pageOf } from "./page.ts";
import type { Page } from "./page.ts";
import { resultSection } from "./results.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";
import { treeSection } from "./tree.ts";

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Nothing is loaded, sent or embedded; of styles and scripts only our own two run. */
function policy(): Html {
  const rules = `default-src 'none'; script-src ${hash(SCRIPT)}; style-src ${hash(STYLE)}; base-uri 'none'; form-action 'none'`;
  return new Html(`<meta http-equiv="Content-Security-Policy" content="${rules}">`);
}

function totals({ report }: Page): string {
  const counts = tally(report);
  const besides = [
    counts.closed > 0 ? `${count(counts.closed, "result")} repaired by the profile` : "",
    counts.suppressed > 0 ? `${counts.suppressed} suppressed` : "",
  ].filter((each) => each !== "");
  const open = `${count(counts.errors, "error")}, ${count(counts.warnings, "warning")} and ${count(counts.notes, "note")} open`;
  return `${open}${besides.length > 0 ? `; ${besides.join(", ")}` : ""}.`;
}

function header(page: Page): Html {
  const { report } = page;
  return markup`<header>
    <p class="brand">ape-lint <span>report</span></p>
    <h1>${subject(report)}</h1>
    <p class="lead">${lead(page)}</p>
    ${hostStrip(page)}
    <p>${verdictLine(report.packages)}. ${totals(page)}</p>
    <dl class="context">
      <div>
        <dt>cosmocc</dt>
        <dd>${report.release}</dd>
      </div>
      <div>
        <dt>profile</dt>
        <dd>${report.profile}</dd>
      </div>
      <div>
        <dt>target</dt>
        <dd>${report.target}</dd>
      </div>
      <div>
        <dt>read</dt>
        <dd>${count(report.stats.files, "file")}</dd>
      </div>
    </dl>
  </header> `;
}

const SECTIONS = [
  ["hosts", "Hosts"],
  ["crates", "Crates"],
  ["tree", "Tree"],
  ["results", "Results"],
  ["gaps", "Not analysed"],
] as const;

function navigation(body: Html): Html {
  const links = SECTIONS.filter(([id]) => body.text.includes(`<section id="${id}"`)).map(
    ([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`,
  );
  return markup`<nav aria-label="Sections">
    <ul>
      ${links}
    </ul>
  </nav> `;
}

/** One self-contained page: it loads nothing, works without its script, and shows what crates say only as text. */
export const htmlPage: Reporter = (report, options) => {
  const page = pageOf(report, options);
  const body = markup`${hostSection(page)}${crateSection(page)}${treeSection(page)}${resultSection(page)}${gapSection(page)}${noticeSection(page)}`;
  const { name, version } = report.tool;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        ${policy()}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${subject(report)}: ape-lint</title>
        <style>${new Html(STYLE)}</style>
      </head>
      <body>
        ${shapes()}<a class="skip" href="#results">Skip to the results</a>
        ${header(page)}${navigation(body)}
        <main>${body}</main>
        <footer>
          <p>
            ${name} ${version}. Predicted from source; nothing was run. This page loads nothing from
            elsewhere.
          </p>
        </footer>
        <script>${new Html(SCRIPT)}</script>
      </body>
    </html> `.text;
};
