import { commandRows, sharedSwitches, type Switch } from "../table.ts";

/** Completion script for fish. */
export function fish(): string {
  const commands = commandRows();
  const none = `not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(" ")}`;
  const lines = [
    "# fish completion for ape-lint",
    ...commands.map(
      ({ name, summary }) =>
        `complete -c ape-lint -n ${quoted(none)} -a ${name} -d ${quoted(summary)}`,
    ),
    ...sharedSwitches().map((each) => line(each)),
    ...commands.flatMap(({ name, words, switches }) => {
      const seen = `__fish_seen_subcommand_from ${name}`;
      return [
        ...switches.map((each) => line(each, seen)),
        ...(words.length > 0
          ? [`complete -c ape-lint -n ${quoted(seen)} -f -a ${quoted(words.join(" "))}`]
          : []),
      ];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function line({ short, long, value, help, words, takes }: Switch, condition?: string): string {
  const parts = [
    "complete -c ape-lint",
    condition === undefined ? "" : `-n ${quoted(condition)}`,
    short === undefined ? "" : `-s ${short.slice(1)}`,
    `-l ${long.slice(2)}`,
    value === undefined ? "" : "-r",
    value !== undefined && takes === undefined ? "-f" : "",
    words.length > 0 ? `-a ${quoted(words.join(" "))}` : "",
    `-d ${quoted(help)}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
