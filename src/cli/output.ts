import { writeFile } from "node:fs/promises";
import path from "node:path";
import { InputError } from "../util/errors.ts";
import type { Flags } from "./flags.ts";
import type { Io, Sink } from "./io.ts";
import type { FormatRequest } from "./parse.ts";

/**
 * The formats of a run and where each goes; text on stdout when none is asked for. Throws an InputError when two
 * would go to the same place.
 */
export function outputsOf(flags: Pick<Flags, "format" | "output">): FormatRequest[] {
  const asked = flags.format.length === 0 ? [{ format: "text" as const }] : flags.format;
  const outputs = asked.map((each): FormatRequest =>
    "file" in each || flags.output === undefined ? each : { ...each, file: flags.output },
  );
  const taken = new Set<string>();
  for (const { file = "" } of outputs) {
    if (taken.has(file)) {
      throw new InputError(`two formats would go to ${file === "" ? "stdout" : file}`, {
        hint: "name a file for each: --format sarif=out.sarif --format text",
      });
    }
    taken.add(file);
  }
  return outputs;
}

/** Writes one finished text to where it goes. */
export async function deliver(request: FormatRequest, text: string, io: Io): Promise<void> {
  if (request.file === undefined) return io.stdout.write(text);
  try {
    await writeFile(path.resolve(io.cwd, request.file), text);
  } catch (cause) {
    throw new InputError("cannot write the results", { place: request.file, cause });
  }
}

/** Where a request's text is looked at: a file is no terminal. */
export function sinkOf(request: FormatRequest, io: Io): Sink {
  if (request.file === undefined) return io.stdout;
  return { isTTY: false, columns: undefined, write: () => {} };
}
