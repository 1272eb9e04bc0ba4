import { T, type Tokens } from "../../src/syntax/tokens.ts";

const NAMES = Object.fromEntries(Object.entries(T).map(([name, code]) => [code, name]));

/** One token per line: place, kind, spelling; then what the lexer could not make sense of. */
export function printTokens(source: string, tokens: Tokens): string {
  const place = placer(source);
  const lines: string[] = [];
  for (let i = 0; i < tokens.n; i++) {
    const kind = NAMES[tokens.kind[i]!]!.padEnd(8);
    const isGroup = tokens.kind[i] === T.open || tokens.kind[i] === T.close;
    const partner = tokens.match[i]!;
    const to = partner < tokens.n ? place(tokens.start[partner]!) : "the end";
    const note = isGroup ? `   with ${partner === i ? "nothing" : to}` : "";
    const text = source.slice(tokens.start[i], tokens.end[i]);
    lines.push(
      `${place(tokens.start[i]!).padEnd(6)} ${kind} ${JSON.stringify(text).slice(1, -1)}${note}`,
    );
  }
  for (const { start, end, message } of tokens.problems)
    lines.push(`problem ${place(start)} to ${place(end)}: ${message}`);
  return `${lines.join("\n")}\n`;
}

/** Offsets as `line:column`. */
export function placer(source: string): (offset: number) => string {
  return (offset) => {
    const before = source.slice(0, offset).split("\n");
    return `${before.length}:${before.at(-1)!.length + 1}`;
  };
}
