import { HOSTS } from "../model/host.ts";
import { FAIL_ON, type Shard } from "../model/options.ts";
import { CONFIDENCES, LEVELS } from "../model/rule.ts";
import type { CfgAtom } from "../model/workspace.ts";
import { FORMATS } from "../report/options.ts";
import { isRecord } from "../util/values.ts";
import { each, given, isNumber, isSwitch, isText, maybe, oneOf, type Guard } from "./narrow.ts";
import { PERSONAS } from "./options.ts";
import type { FormatRequest } from "./parse.ts";

const isCfg: Guard<CfgAtom> = (value): value is CfgAtom => isRecord(value) && isText(value["name"]);
const isFormat: Guard<FormatRequest> = (value): value is FormatRequest =>
  isRecord(value) && FORMATS.some((format) => format === value["format"]);
const isShard: Guard<Shard> = (value): value is Shard =>
  isRecord(value) && isNumber(value["index"]) && isNumber(value["count"]);
const isTextOrSwitch: Guard<string | boolean> = (value): value is string | boolean =>
  isText(value) || isSwitch(value);

const text = maybe(isText);
const texts = each(isText);
const number = maybe(isNumber);
const hosts = each(oneOf(HOSTS));
const off = given(isSwitch, false);
const on = given(isSwitch, true);
const named = given(isTextOrSwitch, true);

/** The shared switches as commander read them, by commander's names. */
const FLAGS = {
  manifestPath: text,
  package: texts,
  workspace: off,
  exclude: texts,
  features: texts,
  allFeatures: off,
  defaultFeatures: on,
  target: text,
  cfg: each(isCfg),
  locked: off,
  offline: off,
  frozen: off,
  cargo: on,
  host: hosts,
  hosts,
  profile: text,
  release: text,
  cosmo: text,
  rules: texts,
  deny: texts,
  warn: texts,
  allow: texts,
  minSeverity: given(oneOf(LEVELS), "note"),
  minConfidence: maybe(oneOf(CONFIDENCES)),
  pedantic: off,
  persona: maybe(oneOf(PERSONAS)),
  changedSince: text,
  onlyChanged: off,
  failOn: maybe(oneOf(FAIL_ON)),
  strict: off,
  format: each(isFormat),
  output: text,
  all: off,
  maxFindings: number,
  timings: off,
  trace: text,
  cache: on,
  jobs: number,
  color: given(oneOf(["auto", "always", "never"]), "auto"),
  progress: on,
  quiet: off,
  verbose: off,
  config: named,
  ignores: on,
  baseline: named,
  shard: maybe(isShard),
  sarifMaxResults: number,
  sarifIncludeSuppressed: off,
};

export type Flags = { readonly [Name in keyof typeof FLAGS]: ReturnType<(typeof FLAGS)[Name]> };

/** Narrows what commander read. */
export function readFlags(options: Readonly<Record<string, unknown>>): Flags {
  const flags = Object.fromEntries(
    Object.entries(FLAGS).map(([name, narrow]) => [name, narrow(options[name])]),
  ) as unknown as Flags;
  if (flags.persona === "pedantic") return { ...flags, pedantic: true };
  if (flags.persona !== "auditor") return flags;
  return { ...flags, pedantic: true, all: true, ignores: false };
}
