import type { Harm } from "../model/rule.ts";

/** How a harm shows, as a person says it. */
export const HARM_WORDS: Readonly<Record<Harm, string>> = {
  silent: "wrong at run time, without an error",
  aborts: "ends the program",
  fails: "fails at run time",
  build: "does not build",
  degraded: "works less well",
};
