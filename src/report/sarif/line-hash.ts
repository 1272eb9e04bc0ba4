const WINDOW = 100;
const BASE = 37n;
const END_OF_FILE = 65535;
const LF = 10;
const CR = 13;
const MASK = (1n << 64n) - 1n;

/** What leaves the window is taken off with this weight: 37^100 mod 2^64. */
const LEAVING = Array.from({ length: WINDOW }).reduce<bigint>((power) => (power * BASE) & MASK, 1n);

interface Stream {
  /** Characters that count: blanks are left out, each line end is one LF. */
  readonly codes: readonly number[];
  /** Index in `codes` of the first character of each line. */
  readonly starts: readonly number[];
}

function streamOf(text: string): Stream {
  const codes: number[] = [];
  const starts: number[] = [];
  let atStart = true;
  let afterCr = false;
  const push = (code: number): void => {
    if (atStart) starts.push(codes.length);
    atStart = code === LF;
    codes.push(code);
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const skipped = code === 32 || code === 9 || (afterCr && code === LF);
    afterCr = code === CR;
    if (!skipped) push(afterCr ? LF : code);
  }
  push(END_OF_FILE);
  return { codes, starts };
}

/**
 * The hash that GitHub gives each line of a file, `<hex>:<occurrence>`, first line first. The algorithm is the one of
 * github/codeql-action (`src/fingerprints.ts`): a rolling hash mod 2^64 with base 37 over the 100 characters from the
 * line's start on, blanks not counted, line ends as LF, the file's end as 65535 and then zeros.
 */
export function lineHashes(text: string): string[] {
  const { codes, starts } = streamOf(text);
  const seen = new Map<string, number>();
  const hashes: string[] = [];
  let rolling = 0n;
  let next = 0;
  for (let index = 0; index < codes.length + WINDOW && next < starts.length; index += 1) {
    if (index >= WINDOW && index - WINDOW === starts[next]) {
      const hex = rolling.toString(16);
      const occurrence = (seen.get(hex) ?? 0) + 1;
      seen.set(hex, occurrence);
      hashes.push(`${hex}:${occurrence}`);
      next += 1;
    }
    const entering = BigInt(codes[index] ?? 0);
    const leaving = BigInt(codes[index - WINDOW] ?? 0);
    rolling = (rolling * BASE + entering - leaving * LEAVING) & MASK;
  }
  return hashes;
}
