import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { RunInput } from "../model/options.ts";
import { InputError } from "../util/errors.ts";
import { didYouMean } from "../util/schema-hints.ts";
import { COMMANDS } from "./commands.ts";
import type { Flags } from "./flags.ts";
import type { Io } from "./io.ts";
import { parseInput } from "./parse.ts";

/** What is analysed, and the folder where its configuration is looked for. */
export interface InputChoice {
  readonly input: RunInput;
  readonly start: string;
}

/** Decides what the operands and `--manifest-path` mean. Throws an InputError when that is nothing. */
export async function chooseInput(
  operands: readonly string[],
  flags: Flags,
  io: Io,
): Promise<InputChoice> {
  if (operands.length > 1) {
    throw new InputError(`one input at a time; ${operands.length} are given`, {
      hint: "a workspace is one input: name its folder",
    });
  }
  const [word] = operands;
  if (word !== undefined && flags.manifestPath !== undefined) {
    throw new InputError(`both ${word} and --manifest-path are given`, {
      hint: "name one of them",
    });
  }
  return choose(word ?? flags.manifestPath ?? ".", io);
}

async function choose(word: string, io: Io): Promise<InputChoice> {
  const meant = parseInput(word, (name) => existsSync(path.resolve(io.cwd, name)));
  if (meant.kind === "stdin") {
    return { input: { kind: "stdin", text: await io.readStdin() }, start: io.cwd };
  }
  if (meant.kind === "crate") return { input: meant, start: io.cwd };
  const full = path.resolve(io.cwd, meant.path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat === undefined) throw noSuchPlace(word);
  if (stat.isDirectory()) return { input: { kind: "path", path: full }, start: full };
  const start = path.dirname(full);
  if (full.endsWith(".rs")) return { input: { kind: "file", path: full }, start };
  if (path.basename(full) === "Cargo.toml") return { input: { kind: "path", path: full }, start };
  throw new InputError(`${word} is neither a folder, a Cargo.toml nor a .rs file`, {
    hint: "name the folder that it is in",
  });
}

function noSuchPlace(word: string): InputError {
  const command = didYouMean(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const crate = /^[A-Za-z][\w-]*$/u.test(word)
    ? `for the published crate write ${word}@VERSION or ${word}@latest`
    : undefined;
  return new InputError(`there is no file or folder ${word}`, {
    hint: command ?? crate ?? "name a folder, a Cargo.toml, a .rs file, NAME@VERSION or -",
  });
}
