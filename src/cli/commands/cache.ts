import { defaultCacheDir } from "../../cargo/index.ts";
import { Cache, type CacheInfo } from "../../extract/cache.ts";
import { InputError } from "../../util/errors.ts";
import { CACHE_WORDS } from "../commands.ts";
import type { Invocation } from "../invocation.ts";

/** Tells what is kept between runs, or deletes it. */
export async function run({ operands, io }: Invocation): Promise<number> {
  const what = CACHE_WORDS.find((each) => each === operands[0]);
  if (what === undefined) {
    throw new InputError(`cache can't ${operands[0]}`, {
      hint: `it knows: ${CACHE_WORDS.join(", ")}`,
    });
  }
  const cache = new Cache({ dir: defaultCacheDir(io.env) });
  io.stdout.write(what === "info" ? told(cache.info()) : deleted(cache.clean()));
  return 0;
}

function told({ dir, files, bytes, limit }: CacheInfo): string {
  return `${dir}\n${files} files, ${megabytes(bytes)} of at most ${megabytes(limit)}\n`;
}

function deleted({ dir, files, bytes }: CacheInfo): string {
  return `${dir}: deleted ${files} files, ${megabytes(bytes)}\n`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
