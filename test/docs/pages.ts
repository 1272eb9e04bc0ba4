import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The project's folder. */
export const ROOT = path.join(import.meta.dirname, "../..");

/** A page of prose. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Every page of prose that we write: at the top, under docs, and the rules'. */
export function pages(): Page[] {
  const rules = readdirSync(path.join(ROOT, "rules"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `rules/${entry.name}/README.md`);
  return [...markdown("."), ...markdown("docs"), ...markdown("docs/decisions"), ...rules].map(
    readPage,
  );
}

/** One page by its path from the project's folder. */
export function readPage(file: string): Page {
  return { file, text: readFileSync(path.join(ROOT, file), "utf8") };
}

function markdown(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join(folder, name));
}

/** Code blocks of a page in one language; those behind `<!-- needs: … -->` only when asked for. */
export function blocks(
  text: string,
  language: string,
  options: { needs?: boolean } = {},
): string[] {
  const fence = /(?<needs><!-- needs: .*-->\n)?^```(?<language>\w*)\n(?<code>[^]*?)^```$/gmu;
  return [...text.matchAll(fence)]
    .map(({ groups = {} }) => groups)
    .filter((found) => found["language"] === language)
    .filter((found) => (found["needs"] !== undefined) === (options.needs ?? false))
    .map((found) => found["code"] ?? "");
}

/** The page without its code blocks. */
export function prose(text: string): string {
  return text.replaceAll(/^```[^]*?^```$/gmu, "");
}
