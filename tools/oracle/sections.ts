import { linkText } from "./link/index.ts";
import { liveText } from "./live/index.ts";
import { programText } from "./programs/index.ts";
import { readText } from "./read/index.ts";
import { runText } from "./run/index.ts";

/** The sections of docs/accuracy.md that are written from figures kept by earlier runs. */
export async function keptSections(): Promise<string[]> {
  const all = [
    await liveText(),
    await linkText(),
    await runText(),
    await programText(),
    await readText(),
  ];
  return all.filter((text) => text !== "");
}

/** The page with these sections in the place of those of the same title; new ones stand before the last section. */
export function withSections(page: string, sections: readonly string[]): string {
  const parts = page.split(/\n(?=## )/);
  for (const section of sections) {
    const text = `${section.trim()}\n`;
    const at = parts.findIndex((part) => titleOf(part) === titleOf(text));
    if (at >= 0) parts[at] = text;
    else parts.splice(parts.length - 1, 0, text);
  }
  return parts.join("\n");
}

function titleOf(section: string): string {
  return section.split("\n", 1)[0] ?? "";
}
