import { constants } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { InputError } from "../../util/errors.ts";

/** How many copies of one file are kept before we ask to clean up. */
const MOST_COPIES = 100;

/**
 * Writes a file; where there was one (`before` is its text), a copy goes beside it first, under a name that is free.
 * @returns path of the copy
 */
export async function writeWithCopy(options: {
  file: string;
  before: string | undefined;
  after: string;
}): Promise<string | undefined> {
  const { file, before, after } = options;
  try {
    const copy = before === undefined ? undefined : await keep(file);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, after);
    return copy;
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError("cannot be written", { place: file, cause });
  }
}

async function keep(file: string): Promise<string> {
  for (let number = 0; number < MOST_COPIES; number += 1) {
    const copy = `${file}.bak${number === 0 ? "" : number}`;
    try {
      await copyFile(file, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  throw new InputError("there are too many old copies of this file", {
    place: file,
    hint: "remove some",
  });
}
