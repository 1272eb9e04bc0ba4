import type { RunOptions } from "../model/options.ts";
import { defaultCacheDir } from "../cargo/options.ts";
import { engineId } from "../extract/cache-key.ts";
import { Cache } from "../extract/cache.ts";
import { newYaml, startYaml } from "../util/yaml-memo.ts";

/** What this run may keep and look up; nothing with `--no-cache`. */
export function cacheOf(options: RunOptions): Cache | undefined {
  if (options.cacheDir === false) return undefined;
  return new Cache({
    dir: options.cacheDir ?? defaultCacheDir(),
    ...(options.onNotice === undefined ? {} : { onTrouble: options.onNotice }),
  });
}

/** Read hand-written files that the build has not from what was kept; what is new is kept at the end of the work. */
export async function withKeptTexts<T>(options: RunOptions, work: () => Promise<T>): Promise<T> {
  const cache = cacheOf(options);
  startYaml(() => cache?.get("yaml", engineId()));
  const value = await work();
  const more = newYaml();
  if (more !== undefined) cache?.put("yaml", engineId(), more);
  return value;
}
