import { COMMANDS } from "./commands.ts";
import { OPTIONS, type OptionSpec } from "./options.ts";

/** A switch, taken apart for completions and the man page. */
export interface Switch {
  readonly short?: string;
  readonly long: string;
  /** `<PATH>`; absent: the switch takes no value. */
  readonly value?: string;
  readonly help: string;
  readonly group: OptionSpec["group"];
  readonly words: readonly string[];
  readonly takes?: "file" | "folder";
}

/** A command, taken apart for completions and the man page. */
export interface CommandRow {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly words: readonly string[];
  readonly switches: readonly Switch[];
}

/** What commander adds by itself. */
const BUILT_IN: readonly Switch[] = [
  { short: "-h", long: "--help", help: "print help", group: "Output", words: [] },
  { short: "-V", long: "--version", help: "print the version", group: "Output", words: [] },
];

/** The switches that every command takes and that help lists. */
export function sharedSwitches(): Switch[] {
  return [...OPTIONS.filter((spec) => spec.hidden !== true).map(switchOf), ...BUILT_IN];
}

/** Every command with what only it takes. */
export function commandRows(): CommandRow[] {
  return COMMANDS.map(({ name, operands, summary, words = [], options = [] }) => ({
    name,
    operands,
    summary,
    words,
    switches: options.map(switchOf),
  }));
}

function switchOf(spec: OptionSpec): Switch {
  const found = /^(?:(?<short>-\w), )?(?<long>--[\w-]+)(?: (?<value>.+))?$/u.exec(spec.flags);
  const { short, long, value } = found?.groups ?? {};
  if (long === undefined) throw new Error(`the switch ${spec.flags} is not well formed`);
  return {
    ...(short === undefined ? {} : { short }),
    long,
    ...(value === undefined ? {} : { value }),
    help: spec.help,
    group: spec.group,
    words: spec.choices ?? spec.suggestions ?? [],
    ...(spec.takes === undefined ? {} : { takes: spec.takes }),
  };
}
