import fc from "fast-check";

/** One change of a text; positions are parts of its length, so that they fit any text. */
interface Edit {
  readonly kind: "cut" | "drop" | "double" | "insert" | "swap" | "blank";
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

function positionOf(text: string, part: number): number {
  return Math.floor(part * (text.length + 1));
}

function applied(text: string, { kind, at, length, text: more }: Edit): string {
  const from = positionOf(text, at);
  const to = Math.min(text.length, from + length);
  const [before, here, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  if (kind === "cut") return before;
  if (kind === "drop") return before + after;
  if (kind === "double") return before + here + here + after;
  if (kind === "insert") return before + more + here + after;
  if (kind === "swap") return after + here + before;
  return before + " ".repeat(here.length) + after;
}

/** Words that mean something in none, one or several of the languages that we read. */
const COMMON = [
  ...`{ } [ ] ( ) < > , ; : = == . .. # ! ? @ & * | - + / \\ ' " ' """ ''' \` $ % ~ ^ _`.split(" "),
  "\n",
  "\r\n",
  "\r",
  "\t",
  "\0",
  "\u001b[2J",
  "\u202e",
  "\ufeff",
  "\u2028",
  "\u{1f600}",
  "\ud800",
  "0",
  "-1",
  "1e999",
  "18446744073709551616",
  "0x",
  "true",
  "null",
  "nan",
  "__proto__",
  "constructor",
  "toString",
  "../../../../etc/passwd",
  "/",
  "",
];

/** Mutants of given texts: a few edits each, some with words of the language. */
export function mutants(texts: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const edit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom("drop", "double", "insert", "insert", "insert", "swap", "blank", "cut"),
    // NOTE: without bias, else nearly all edits are in the first line.
    at: fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((part) => part / 1e6),
    length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 })),
    text: fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(...COMMON),
      fc.string({ maxLength: 6 }),
    ),
  });
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 5 }))
    .map(([text, edits]) => edits.reduce(applied, text));
}
