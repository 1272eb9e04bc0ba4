import type { FallbackTarget } from "../model/plan.ts";

/** Entries of `.cargo/config.toml` for the plain targets; empty when none of them needs any. */
export function configEntries(targets: readonly FallbackTarget[]): string {
  const linkers = targets.flatMap(({ triple, linker }) =>
    linker === undefined ? [] : [`[target.${triple}]\nlinker = "${linker}"\n`],
  );
  const env = targets.flatMap((target) => Object.entries(target.env));
  const variables = env.map(([name, value]) => `${name} = "${value}"\n`).join("");
  return [...linkers, ...(variables === "" ? [] : [`[env]\n${variables}`])].join("\n");
}
