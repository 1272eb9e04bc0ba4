import type { CfgAtom } from "../model/workspace.ts";
import type { ProjectConfig, Rustflags } from "./config.ts";
import { triplesOf, type CargoOptions } from "./options.ts";
import { holds, platformOf } from "./own/platform.ts";

/**
 * The cfgs that the user's environment or the project's configuration adds to every compilation
 * (`--cfg tokio_unstable`). Of all compiler flags only these are taken: others can load programs.
 */
export function addedCfgs(
  config: ProjectConfig | undefined,
  options: CargoOptions,
): readonly CfgAtom[] {
  const env = options.env ?? process.env;
  // NOTE: cargo takes flags from one place only: the environment, else the target's table, else `build`.
  const given = environmentFlags(env);
  if (given) return cfgsIn(given);
  const platforms = triplesOf(options).map(([, triple]) => platformOf(triple));
  const tables = config?.rustflags ?? [];
  const matching = tables.filter(
    ({ target }) => target !== undefined && platforms.some((platform) => holds(target, platform)),
  );
  const chosen = matching.length > 0 ? matching : ofBuild(tables);
  return cfgsIn(chosen.flatMap(({ flags }) => flags));
}

/** Lists of several files are joined; a string hides those further out. */
function ofBuild(tables: readonly Rustflags[]): readonly Rustflags[] {
  const build = tables.filter(({ target }) => target === undefined);
  return build.slice(
    Math.max(
      0,
      build.findLastIndex(({ isText }) => isText),
    ),
  );
}

function environmentFlags(env: NodeJS.ProcessEnv): readonly string[] | undefined {
  const encoded = env["CARGO_ENCODED_RUSTFLAGS"];
  if (encoded !== undefined) return encoded.split("\x1f");
  return env["RUSTFLAGS"]?.split(/\s+/);
}

/** The cfgs in a list of compiler flags, each once. */
export function cfgsIn(flags: readonly string[]): readonly CfgAtom[] {
  const found = new Map<string, CfgAtom>();
  flags.forEach((flag, at) => {
    const text = flag.startsWith("--cfg=")
      ? flag.slice(6)
      : flags[at - 1] === "--cfg"
        ? flag
        : undefined;
    const atom =
      text === undefined ? undefined : /^([A-Za-z_]\w*)(?:\s*=\s*"([^"]*)")?$/.exec(text.trim());
    if (atom?.[1])
      found.set(
        atom[0],
        atom[2] === undefined ? { name: atom[1] } : { name: atom[1], value: atom[2] },
      );
  });
  return [...found.values()];
}
