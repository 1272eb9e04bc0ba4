import { Command, InvalidArgumentError, Option } from "commander";
import { COMMANDS, DEFAULT_COMMAND, type CommandSpec } from "./commands.ts";
import { EXIT_ROWS } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { OPTION_GROUPS, OPTIONS, type OptionSpec } from "./options.ts";
import { messageOf } from "../util/errors.ts";

const EXIT_LINES = EXIT_ROWS.map(([code, meaning]) => `  ${String(code).padEnd(3)}  ${meaning}`);
const EXIT_CODES = `\nExit codes:\n${EXIT_LINES.join("\n")}`;

/** Builds the parser from the tables. `run` is called for the command that was named. */
export function buildProgram(options: {
  io: Io;
  version: string;
  run: (command: CommandSpec, operands: string[], flags: Record<string, unknown>) => Promise<void>;
}): Command {
  const { io } = options;
  const program = new Command(io.command)
    .description(
      "Tells what in a Rust crate and its dependencies breaks in an Actually Portable Executable.",
    )
    .version(options.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .configureHelp({ showGlobalOptions: true, helpWidth: io.stdout.columns ?? 100 })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // NOTE: told by `usageError`, in the form of all other mistakes.
      outputError: () => {},
    })
    .helpCommand("help [command]", "print help about a command")
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText("after", EXIT_CODES);
  for (const group of OPTION_GROUPS) {
    for (const spec of OPTIONS.filter((each) => each.group === group))
      program.addOption(optionOf(spec));
  }
  for (const spec of COMMANDS) {
    const command = commandOf(spec, options.run).copyInheritedSettings(program);
    program.addCommand(command, { isDefault: spec.name === DEFAULT_COMMAND });
  }
  return program;
}

function commandOf(
  spec: CommandSpec,
  run: (command: CommandSpec, operands: string[], flags: Record<string, unknown>) => Promise<void>,
): Command {
  const command = new Command(spec.name).summary(spec.summary).description(capital(spec.summary));
  for (const operand of spec.operands.split(" ").filter((word) => word !== ""))
    command.argument(operand);
  for (const option of spec.options ?? []) command.addOption(optionOf(option));
  return command.action(() => run(spec, command.args, command.optsWithGlobals()));
}

function optionOf(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.help).helpGroup(`${spec.group}:`);
  if (spec.choices !== undefined) option.choices(spec.choices);
  if (spec.hidden === true) option.hideHelp();
  const { parse } = spec;
  if (spec.repeat === true) {
    option.argParser((text: string, before: unknown) => {
      const value = parse === undefined ? text : checked(parse, text);
      return [
        ...(Array.isArray(before) ? before : []),
        ...(Array.isArray(value) ? value : [value]),
      ];
    });
  } else if (parse !== undefined) option.argParser((text: string) => checked(parse, text));
  return option;
}

function checked(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
