import pc from "picocolors";
import type { RenderOptions } from "../options.ts";
import { plain } from "../plain.ts";

/** Marks and colours of one rendering. */
export interface Pen {
  readonly width: number;
  readonly corner: string;
  readonly bar: string;
  readonly foot: string;
  readonly arrow: string;
  readonly dot: string;
  readonly more: string;
  readonly command: string;
  /** What was analysed as it was named, behind a space; empty for the folder at hand. */
  readonly input: string;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  green(text: string): string;
  blue(text: string): string;
}

const DRAWN = { corner: "┌─", bar: "│", foot: "└", arrow: "→", dot: "·", more: "…" };
const ASCII = { corner: "-->", bar: "|", foot: "=", arrow: "->", dot: "-", more: "..." };

/** The pen that the options ask for: plain ASCII or drawn, with or without colours. */
export function penOf(options: RenderOptions): Pen {
  const style = options.text ?? {};
  const { bold, dim, red, yellow, cyan, green, blue } = pc.createColors(style.color ?? false);
  return {
    width: Math.max(40, style.width ?? 100),
    ...((style.unicode ?? true) ? DRAWN : ASCII),
    command: style.command ?? "ape-lint",
    input: style.input === undefined ? "" : ` ${plain(style.input, 200)}`,
    bold,
    dim,
    red,
    yellow,
    cyan,
    green,
    blue,
  };
}

/** Our own marks inside a sentence, in the pen's alphabet. */
export function drawn(pen: Pen, text: string): string {
  if (pen.bar !== "|") return text;
  return text.replaceAll("…", "...").replaceAll("→", "->").replaceAll("·", "-");
}
