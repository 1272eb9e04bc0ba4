import { commandRows, sharedSwitches, type Switch } from "../table.ts";

/** Completion script for bash. */
export function bash(): string {
  const commands = commandRows();
  const shared = sharedSwitches();
  const values = [...shared, ...commands.flatMap((command) => command.switches)].filter(
    (each) => each.value,
  );
  return `# bash completion for ape-lint
_ape_lint() {
  local cur prev word command=""
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${commands.map(({ name }) => name).join("|")}) command="$word"; break ;;
    esac
  done
  case "$prev" in
${unique(values).map(valueCase).join("\n")}
  esac
  if [[ "$cur" == -* ]]; then
    local switches="${names(shared)}"
    case "$command" in
${commands
  .filter(({ switches }) => switches.length > 0)
  .map(({ name, switches }) => `      ${name}) switches="$switches ${names(switches)}" ;;`)
  .join("\n")}
    esac
    COMPREPLY=($(compgen -W "$switches" -- "$cur"))
    return
  fi
  case "$command" in
    "") COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$cur") $(compgen -f -- "$cur")) ;;
${commands
  .filter(({ words }) => words.length > 0)
  .map(
    ({ name, words }) => `    ${name}) COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur")) ;;`,
  )
  .join("\n")}
    *) COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
}
complete -o filenames -F _ape_lint ape-lint
`;
}

function names(switches: readonly Switch[]): string {
  return switches
    .flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]))
    .join(" ");
}

function valueCase({ short, long, words, takes }: Switch): string {
  const pattern = short === undefined ? long : `${short}|${long}`;
  if (words.length > 0)
    return `    ${pattern}) COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur")); return ;;`;
  if (takes === "folder") return `    ${pattern}) COMPREPLY=($(compgen -d -- "$cur")); return ;;`;
  if (takes === "file") return `    ${pattern}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`;
  return `    ${pattern}) return ;;`;
}

function unique(switches: readonly Switch[]): Switch[] {
  return [...new Map(switches.map((each) => [each.long, each])).values()];
}
