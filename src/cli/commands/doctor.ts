import { defaultCacheDir } from "../../cargo/index.ts";
import { findCargo } from "../../cargo/command.ts";
import { DEFAULT_RELEASE, knownReleases } from "../../kb/load.ts";
import { knownProfiles } from "../../kb/profiles.ts";
import { loadRules, OWN_RULES } from "../../rules/index.ts";
import { VERSION } from "../../util/version.ts";
import { columns } from "../columns.ts";
import type { Invocation } from "../invocation.ts";
import { checkup } from "../doctor/checkup.ts";
import { settingsOf, type Settings } from "../settings.ts";

/**
 * Says what a run would work with: which configuration, which keys of it, which cargo, which knowledge; and looks
 * through the files that say how the program is built. Exits with 1 when one of them stops the build.
 */
export async function run(invocation: Invocation): Promise<number> {
  const settings = await settingsOf(invocation);
  const rules = await loadRules({ dirs: [OWN_RULES, ...(settings.run.ruleDirs ?? [])] });
  const cargo = findCargo({ cargo: settings.run.noCargo === true ? "never" : "auto" });
  const rows = [
    ["ape-lint", `${VERSION} on Node ${process.versions.node}`],
    [
      "cargo",
      cargo?.program ?? "none; features are worked out by ourselves, marked as approximate",
    ],
    ["cache", cargo?.cacheDir ?? defaultCacheDir()],
    [
      "releases",
      knownReleases()
        .map((name) => (name === DEFAULT_RELEASE ? `${name} (default)` : name))
        .join(", "),
    ],
    ["profiles", knownProfiles().join(", ")],
    ["rules", `${rules.length}`],
    ["configuration", configurationOf(settings)],
    ...keysOf(settings),
  ];
  invocation.io.stdout.write(columns(rows));
  return checkup(settings, invocation);
}

function configurationOf({ config, flags }: Settings): string {
  if (config.file !== undefined) return `${config.file} (found by ${config.by})`;
  return flags.config === false ? "none (--no-config)" : "none; everything is at its default";
}

/** What holds in the end, and who said so. */
function keysOf({ run, config, flags, failOn, pedantic }: Settings): string[][] {
  const { config: file } = config;
  const by = (flag: boolean, key: keyof typeof file): string => {
    if (flag) return "command line";
    return file[key] === undefined ? "default" : config.placeOf([key]);
  };
  const hostFlag = flags.host.length + flags.hosts.length > 0;
  const releaseFlag = flags.release !== undefined || flags.cosmo !== undefined;
  const levels = Object.entries(run.levels ?? {}).map(([rule, level]) => `${rule}=${level}`);
  return [
    ["hosts", `${run.hosts?.join(" ") ?? "all"} (${by(hostFlag, "hosts")})`],
    ["profile", `${run.profile ?? "none"} (${by(flags.profile !== undefined, "profile")})`],
    ["release", `${run.release ?? DEFAULT_RELEASE} (${by(releaseFlag, "release")})`],
    ["fail-on", `${failOn} (${by(flags.failOn !== undefined, "fail-on")})`],
    ["pedantic", `${pedantic} (${by(flags.pedantic, "pedantic")})`],
    ["levels", levels.join(" ") || "the rules' own"],
    ["rule folders", run.ruleDirs?.join(" ") || "ours only"],
    ["ignores", `${run.ignores?.length ?? 0}`],
  ];
}
