/** Exit codes, the same for every command and format. */
export const EXIT = { clean: 0, results: 1, input: 2, incomplete: 3, interrupted: 130 } as const;

/** What each code says, for help and manual. */
export const EXIT_ROWS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.clean, "nothing at or above --fail-on (default error)"],
  [EXIT.results, "results at or above it"],
  [EXIT.input, "a mistake in the command line, the configuration or the input"],
  [EXIT.incomplete, "the analysis could not be completed, or --strict and not all was analysed"],
  [EXIT.interrupted, "interrupted"],
];
