import { OPTION_GROUPS } from "../../src/cli/options.ts";
import { commandRows, sharedSwitches, type Switch } from "../../src/cli/table.ts";
import { EXIT_ROWS } from "../../src/cli/exit-codes.ts";

/** `docs/cli.md`. */
export function cliPage(): string {
  const groups = OPTION_GROUPS.map((group) => {
    const switches = sharedSwitches().filter((each) => each.group === group);
    return `### ${group}\n\n${table(switches.map((each) => [`\`${names(each)}\``, helpOf(each)]))}`;
  });
  return `<!-- Made by \`npm run docs\` from src/cli; do not edit. -->
# Command line

\`ape-lint [command] [input] [switches]\`; \`cargo ape-lint\` is the same. Without a command it is \`check\`.

An input is a folder, a \`Cargo.toml\`, a \`.rs\` file, a published crate as \`NAME@VERSION\` or \`NAME@latest\`
(cargo brings it), or \`-\` for a Rust file on standard input. Without an input it is the current folder.

## Commands

${table(commandRows().map(({ name, operands, summary }) => [`\`${`${name} ${operands}`.trim()}\``, summary]))}
${ownSwitches()}
## Switches

Every command takes all of them, in front of it or behind it. Those of cargo mean what they mean there.

${groups.join("\n")}
## Exit codes

The same for every command and every format.

${table(EXIT_ROWS.map(([code, meaning]) => [`${code}`, meaning]))}`;
}

function ownSwitches(): string {
  const rows = commandRows().flatMap(({ name, switches }) =>
    switches.map((each) => [`\`${name} ${names(each)}\``, helpOf(each)]),
  );
  return rows.length === 0 ? "" : `\nSwitches of one command only:\n\n${table(rows)}`;
}

function names({ short, long, value }: Switch): string {
  const both = short === undefined ? long : `${short}, ${long}`;
  return value === undefined ? both : `${both} ${value}`;
}

function helpOf({ help, words }: Switch): string {
  return words.length === 0 ? help : `${help}: ${words.map((word) => `\`${word}\``).join(", ")}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(
    (row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`,
  );
  return `| | |\n| --- | --- |\n${lines.join("")}`;
}
