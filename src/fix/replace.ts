import { T } from "../syntax/tokens.ts";
import type { Fixer } from "./plan.ts";

/** A number becomes the text that the rule gives for it. */
export const replace: Fixer = ({ tokens }, marked) =>
  marked.flatMap(({ hint, token }) => {
    const { text, symbol } = hint;
    // NOTE: with a suffix the number says its own type, which the constant may not have.
    const isPlain =
      tokens.kind[token] === T.number && /^(?:0x[\da-f_]+|\d[\d_]*)$/iu.test(tokens.text(token));
    if (text === undefined || !isPlain || tokens.is(token - 1, "-")) return [];
    const edit = { start: tokens.start[token]!, end: tokens.end[token]!, newText: text };
    return [
      {
        title: `write \`${text}\` in place of ${symbol}`,
        kind: "safe" as const,
        hints: [hint],
        edits: [edit],
      },
    ];
  });
