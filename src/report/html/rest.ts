import type { NotAnalysed } from "../../model/place.ts";
import { count } from "../plain.ts";
import { gaps } from "../summary.ts";
import { markup, sentence } from "./markup.ts";
import type { Html } from "./markup.ts";
import type { Page } from "./page.ts";

function gapItem({ message, package: owner, file, span }: NotAnalysed): Html {
  const place = [owner, file && span ? `${file}:${span.start.line}` : file]
    .filter(Boolean)
    .join(" ");
  return markup`<li>${place !== "" && markup`<code>${place}</code> `}${sentence(message)}</li>`;
}

/** What was not looked into, by cause: unknown is never fine. */
export function gapSection({ report }: Page): Html {
  const blocks = gaps(report.notAnalysed).map(
    (gap) =>
      markup`<details>
        <summary>${gap.text}</summary>
        <ul>
          ${gap.items.map(gapItem)}
        </ul>
      </details>`,
  );
  const none = markup`<p>Everything was looked into.</p>`;
  return markup`<section id="gaps" aria-labelledby="h-gaps">
    <h2 id="h-gaps">Not analysed</h2>
    ${blocks.length === 0 ? none : blocks}
  </section> `;
}

/** What is to be said of the user's own judgements; nothing when there is nothing. */
export function noticeSection({ report }: Page): Html {
  const notices = report.notices ?? [];
  if (notices.length === 0) return markup``;
  const items = notices.map(
    ({ place, message }) => markup`<li><code>${place}</code> ${sentence(message)}</li>`,
  );
  return markup`<section id="notices" aria-labelledby="h-notices">
    <h2 id="h-notices">Your own judgements</h2>
    <details open>
      <summary>${count(notices.length, "notice")}</summary>
      <ul>
        ${items}
      </ul>
    </details>
  </section> `;
}
