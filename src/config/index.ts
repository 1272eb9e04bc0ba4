/** Configuration: where it is, what it says, and where each word of it stands. */
export { checkRuleNames, judge, type Judged, type Judgement } from "./apply.ts";
export { baselineOf, baselineText, prunedBaseline, readBaseline } from "./baseline.ts";
export { coversPlace } from "./in-source.ts";
export { levelPlaces, NO_CONFIG, type LoadedConfig } from "./find.ts";
export { checkConfigText, loadConfig } from "./load.ts";
export { CONFIG_NAMES } from "./discover.ts";
export { configSchema, type ConfigFile } from "./schema.ts";
