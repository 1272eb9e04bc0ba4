import { commandRows, sharedSwitches, type Switch } from "../table.ts";

/** Completion script for zsh. */
export function zsh(): string {
  const commands = commandRows();
  return `#compdef ape-lint
_ape_lint() {
  local -a shared commands
  shared=(
${sharedSwitches().flatMap(specs).map(indent).join("\n")}
  )
  commands=(
${commands.map(({ name, summary }) => indent(quoted(`${name}:${summary}`))).join("\n")}
  )
  local word command=""
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      ${commands.map(({ name }) => name).join("|")}) command=$word; break ;;
    esac
  done
  case $command in
${commands.map(({ name, words, switches }) => `    ${name}) _arguments -s $shared ${[...switches.flatMap(specs), operand(name, words)].join(" ")} ;;`).join("\n")}
    *) _arguments -s $shared '*:input:{ _describe command commands; _files }' ;;
  esac
}
if [ "$funcstack[1]" = "_ape_lint" ]; then _ape_lint "$@"; else compdef _ape_lint ape-lint; fi
`;
}

function operand(name: string, words: readonly string[]): string {
  const offered = words.length > 0 ? `(${[name, ...words].join(" ")})` : "_files";
  return quoted(`*:operand:${offered}`);
}

function specs({ short, long, value, help, words, takes }: Switch): string[] {
  const action =
    words.length > 0
      ? `(${words.join(" ")})`
      : takes === "folder"
        ? "_files -/"
        : takes === "file"
          ? "_files"
          : " ";
  const argument = value === undefined ? "" : `:${value.replaceAll(/[<>[\]=]/gu, "")}:${action}`;
  const text = `[${help.replaceAll(/[[\]:]/gu, "")}]${argument}`;
  return [short, long]
    .filter((name) => name !== undefined)
    .map((name) => quoted(`*${name}${text}`));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function indent(text: string): string {
  return `    ${text}`;
}
