import { manPage } from "./man.ts";
import { cliPage } from "./cli-page.ts";

/** Every generated page: its path from the project's root, and the text that has to be in it. */
export function docFiles(): [file: string, text: string][] {
  return [
    ["docs/cli.md", cliPage()],
    ["man/ape-lint.1", manPage()],
  ];
}
