/** Columns that a terminal gives a character: 2 for East Asian wide ones and emoji, 0 for combining marks. */
function columnsOf(character: string): number {
  if (character < "\u0300") return 1;
  if (/^\p{M}$/u.test(character)) return 0;
  const wide =
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]$/u;
  return wide.test(character) ? 2 : 1;
}

/** Columns that a line takes; tabs must be expanded before. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

function hardSplit(word: string, width: number): string[] {
  const parts: string[] = [];
  let part = "";
  let used = 0;
  for (const character of word) {
    const columns = columnsOf(character);
    if (used + columns > width && part !== "") {
      parts.push(part);
      part = "";
      used = 0;
    }
    part += character;
    used += columns;
  }
  return [...parts, part];
}

/** A line that starts with `::` is a command to GitHub's runner, and a crate may have written it. */
function guarded(word: string): string {
  return word.startsWith("::") ? `\\${word}` : word;
}

/**
 * Breaks prose at spaces so that no line is wider than `width` (8 at least); words that are wider are cut. A broken
 * line never starts with `::`. Never empty.
 */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = "";
  const words = text.split(" ").flatMap((word) => hardSplit(word, room - 1));
  for (const word of words) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
    if (lines.length > 0) line = guarded(line);
  }
  return [...lines, line];
}

/** Pads to a display width. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}
