import { commandRows, sharedSwitches, type Switch } from "../table.ts";

/** Completion script for PowerShell. */
export function powershell(): string {
  const commands = commandRows();
  const shared = sharedSwitches();
  const every = [...shared, ...commands.flatMap((command) => command.switches)];
  return `# PowerShell completion for ape-lint
Register-ArgumentCompleter -Native -CommandName ape-lint -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${commands.map(({ name, summary }) => `    ${quoted(name)} = ${quoted(summary)}`).join("\n")}
  }
  $shared = [ordered]@{
${shared.map(entry).join("\n")}
  }
  $own = @{
${commands.map(({ name, switches }) => `    ${quoted(name)} = [ordered]@{ ${switches.map((each) => entry(each).trim()).join("; ")} }`).join("\n")}
  }
  $values = @{
${every
  .filter(({ words }) => words.length > 0)
  .flatMap(values)
  .join("\n")}
${commands
  .filter(({ words }) => words.length > 0)
  .map(({ name, words }) => `    ${quoted(name)} = ${list(words)}`)
  .join("\n")}
  }
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() } | Where-Object { $_ -ne $wordToComplete })
  $command = $before | Where-Object { $commands.Contains($_) } | Select-Object -First 1
  $last = $before | Select-Object -Last 1
  $offered = [ordered]@{}
  if ($last -and $values.ContainsKey($last)) { foreach ($word in $values[$last]) { $offered[$word] = $word } }
  elseif ($wordToComplete.StartsWith('-')) {
    foreach ($key in $shared.Keys) { $offered[$key] = $shared[$key] }
    if ($command) { foreach ($key in $own[$command].Keys) { $offered[$key] = $own[$command][$key] } }
  }
  elseif (-not $command) { $offered = $commands }
  $offered.Keys | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $offered[$_])
  }
}
`;
}

function entry({ long, help }: Switch): string {
  return `    ${quoted(long)} = ${quoted(help)}`;
}

function values({ short, long, words }: Switch): string[] {
  return [short, long]
    .filter((name) => name !== undefined)
    .map((name) => `    ${quoted(name)} = ${list(words)}`);
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
