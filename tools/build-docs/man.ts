import { EXIT_ROWS } from "../../src/cli/exit-codes.ts";
import { OPTION_GROUPS } from "../../src/cli/options.ts";
import { commandRows, sharedSwitches, type Switch } from "../../src/cli/table.ts";

/** `man/ape-lint.1`. */
export function manPage(): string {
  const lines = [
    '.\\" Made by `npm run docs` from src/cli; do not edit.',
    ".TH APE-LINT 1",
    ".SH NAME",
    `ape-lint \\- ${escaped("tells what in a Rust crate breaks in an Actually Portable Executable")}`,
    ".SH SYNOPSIS",
    ".B ape-lint",
    "[\\fIcommand\\fR] [\\fIinput\\fR] [\\fIswitches\\fR]",
    ".SH COMMANDS",
    ...commandRows().flatMap(({ name, operands, summary, switches }) => [
      ...entry(`\\fB${escaped(name)}\\fR ${escaped(operands)}`.trim(), summary),
      ...switches.flatMap((each) => entry(`\\fB${escaped(name)}\\fR ${shown(each)}`, each.help)),
    ]),
    ".SH SWITCHES",
    ...OPTION_GROUPS.flatMap((group) => [
      `.SS ${group}`,
      ...sharedSwitches()
        .filter((each) => each.group === group)
        .flatMap((each) => entry(shown(each), each.help)),
    ]),
    ".SH EXIT STATUS",
    ...EXIT_ROWS.flatMap(([code, meaning]) => entry(`\\fB${code}\\fR`, meaning)),
  ];
  return `${lines.join("\n")}\n`;
}

function entry(head: string, text: string): string[] {
  return [".TP", head, escaped(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`)];
}

function shown({ short, long, value }: Switch): string {
  const flags = [short, long]
    .filter((each) => each !== undefined)
    .map((each) => `\\fB${escaped(each)}\\fR`);
  return `${flags.join(", ")}${value === undefined ? "" : ` \\fI${escaped(value)}\\fR`}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("-", "\\-").replace(/^[.']/u, "\\&$&");
}
