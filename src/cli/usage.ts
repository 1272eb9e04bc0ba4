import type { CommanderError } from "commander";
import { InputError } from "../util/errors.ts";
import { didYouMean } from "../util/schema-hints.ts";
import { COMMANDS } from "./commands.ts";

/** A mistake in the command line, told as every other mistake is: one line, and what to do. */
export function usageError(
  error: CommanderError,
  { args, command }: { args: readonly string[]; command: string },
): InputError {
  const text = error.message.replace(/^error: /u, "");
  for (const [shape, tell] of SHAPES) {
    const found = shape.exec(text);
    if (found !== null) return tell(found.groups ?? {}, { args, command });
  }
  return new InputError(text);
}

interface Line {
  readonly args: readonly string[];
  readonly command: string;
}
type Tell = (found: Readonly<Record<string, string | undefined>>, line: Line) => InputError;

/** What commander says, and how we say it. */
const SHAPES: readonly (readonly [RegExp, Tell])[] = [
  [/^unknown option '(?<flag>[^']*)'(?:\n\(Did you mean (?<known>[^)]*)\?\))?/u, unknownOption],
  [/^option '(?<flags>.*?)' argument '(?<value>[^]*)' is invalid\. (?<why>[^]*)$/u, badValue],
  [/^option '(?<flags>[^']*)' argument missing/u, noValue],
  [/^missing required argument '(?<name>[^']*)'/u, noOperand],
  [/^too many arguments(?: for '(?<name>[^']*)')?/u, tooMany],
  [/^unknown command '(?<word>[^']*)'/u, ({ word = "" }) => unknownCommand(word)],
];

function unknownOption({ flag = "", known }: Parameters<Tell>[0]): InputError {
  const hint = known === undefined ? "--help lists them" : `did you mean ${known}?`;
  return new InputError(`unknown option ${flag}`, { hint });
}

/** `-j, --jobs <N>`: the long name. */
function longName(flags: string): string {
  return /--[\w-]+/u.exec(flags)?.[0] ?? flags;
}

function badValue({ flags = "", value = "", why = "" }: Parameters<Tell>[0]): InputError {
  const list = /(?:Allowed choices are|known:|name one of) (?<words>[^]*?)\.?$/u.exec(why);
  const words = list?.groups?.["words"];
  const last = value.split(",").at(-1)?.split("=")[0] ?? value;
  const message = `${longName(flags)} cannot be \`${value}\``;
  if (words === undefined) return new InputError(message, { hint: why.replace(/\.$/u, "") });
  const hint = didYouMean(last, words.split(", ")) ?? `one of: ${words}`;
  return new InputError(message, { hint });
}

function noValue({ flags = "" }: Parameters<Tell>[0]): InputError {
  const value = /<[^>]*>/u.exec(flags)?.[0] ?? "a value";
  return new InputError(`${longName(flags)} needs ${value}`);
}

function noOperand({ name = "" }: Parameters<Tell>[0], { args, command }: Line): InputError {
  const spec = COMMANDS.find((each) => args.includes(each.name));
  if (spec === undefined) return new InputError(`<${name}> is missing`);
  const words = spec.words === undefined ? "" : `; <${name}> is one of: ${spec.words.join(", ")}`;
  return new InputError(`\`${spec.name}\` needs <${name}>`, {
    hint: `${command} ${spec.name} ${spec.operands}${words}`,
  });
}

/** The first word may have been meant as a command: without one, it is taken for an input. */
function tooMany({ name = "" }: Parameters<Tell>[0], { args, command }: Line): InputError {
  const spec = COMMANDS.find((each) => each.name === name);
  const named = spec !== undefined && args.includes(spec.name);
  const first = args.find((word) => !word.startsWith("-"));
  if (!named && first !== undefined) return unknownCommand(first);
  return new InputError(`too many operands for \`${name}\``, {
    hint: spec === undefined ? "--help lists them" : `${command} ${spec.name} ${spec.operands}`,
  });
}

function unknownCommand(word: string): InputError {
  const names = COMMANDS.map(({ name }) => name);
  const hint = didYouMean(word, names) ?? `commands: ${names.join(", ")}`;
  return new InputError(`there is no command \`${word}\``, { hint });
}
