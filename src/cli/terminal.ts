import type { TextStyle } from "../report/options.ts";
import type { Io, Sink } from "./io.ts";

export type ColorWhen = "auto" | "always" | "never";

/**
 * Whether a stream gets colours: the flag first, then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then what
 * the terminal can do.
 */
export function wantsColor(sink: Sink, env: Io["env"], when: ColorWhen = "auto"): boolean {
  if (when !== "auto") return when === "always";
  if (isSet(env["NO_COLOR"])) return false;
  if (isOn(env["FORCE_COLOR"]) || isOn(env["CLICOLOR_FORCE"])) return true;
  return sink.isTTY && env["TERM"] !== "dumb" && env["CLICOLOR"] !== "0";
}

/** How text looks on a stream. */
export function textStyle(
  io: Io,
  sink: Sink,
  options: { color?: ColorWhen; all?: boolean },
): TextStyle {
  return {
    width: widthOf(io, sink),
    color: wantsColor(sink, io.env, options.color),
    unicode: speaksUnicode(io.env),
    all: options.all ?? false,
    command: io.command,
  };
}

/** Whether the locale can show more than ASCII. Nothing said means yes: files and pipes are UTF-8 today. */
export function speaksUnicode(env: Io["env"]): boolean {
  if (env["TERM"] === "linux") return false;
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(isSet);
  return locale === undefined || /utf-?8/iu.test(locale);
}

function widthOf(io: Io, sink: Sink): number {
  const given = Number(io.env["COLUMNS"]);
  if (Number.isInteger(given) && given >= 40) return Math.min(given, 400);
  return Math.min(sink.columns ?? 100, 120);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

function isOn(value: string | undefined): boolean {
  return isSet(value) && value !== "0" && value !== "false";
}
