import { plain } from "../plain.ts";

/** A piece of a page that we put together ourselves: the only thing that gets into one without being escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, pieces are not, `undefined` and `false` are nothing. */
export type Part = string | number | Html | readonly Html[] | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand between tags and in quoted attributes; no character of it is taken out. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

function part(value: Part): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map((each) => each.text).join("");
  return escaped(plain(String(value)));
}

const templates = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The fixed parts of a template without the indent that it has in our source. */
function fixedParts(strings: TemplateStringsArray): readonly string[] {
  const known = templates.get(strings);
  if (known !== undefined) return known;
  const parts = strings.map((text) => text.replace(/\n\s*/g, "\n"));
  templates.set(strings, parts);
  return parts;
}

/** Template of a page. Every text in it is escaped, and shown with its steering characters made visible. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const fixed = fixedParts(strings);
  let text = fixed[0] ?? "";
  for (const [index, value] of values.entries()) text += part(value) + (fixed[index + 1] ?? "");
  return new Html(text);
}

/** A sentence: `code` in backticks becomes code, everything else is only text. */
export function sentence(text: string): Html {
  const parts = plain(text)
    .split(/(`[^`]+`)/)
    .map((each) =>
      /^`[^`]+`$/.test(each) ? `<code>${escaped(each.slice(1, -1))}</code>` : escaped(each),
    );
  return new Html(parts.join(""));
}

/** Pieces with something between them. */
export function between(pieces: readonly Html[], separator: string): Html {
  return new Html(pieces.map((each) => each.text).join(escaped(separator)));
}

/** A value for the page's script: JSON that holds nothing with which the page could go on as markup. */
export function dataBlock(json: string): Html {
  return new Html(json.replaceAll("<", String.raw`\u003c`));
}
