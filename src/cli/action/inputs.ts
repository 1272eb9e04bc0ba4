import { HOSTS } from "../../model/host.ts";
import { InputError } from "../../util/errors.ts";
import { PERSONAS } from "../options.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Inputs of `action.yml`, in its words; each arrives as `INPUT_…` in the environment, an absent one is empty. */
export const INPUT_NAMES = [
  "path",
  "config",
  "hosts",
  "profile",
  "cosmo-version",
  "persona",
  "min-severity",
  "min-confidence",
  "fail-on",
  "format",
  "sarif-file",
  "upload",
  "category",
  "baseline",
  "only-changed",
  "annotations",
  "summary",
  "args",
] as const;
export type InputName = (typeof INPUT_NAMES)[number];

/** Every output of `action.yml`; all of them are set by every run. */
export const OUTPUT_NAMES = [
  "sarif-file",
  "json-file",
  "findings",
  "errors",
  "warnings",
  "new-findings",
  ...HOSTS.map((host) => `verdict-${host}` as const),
  "exit-code",
] as const;
export type OutputName = (typeof OUTPUT_NAMES)[number];

/** The environment variable that an input comes in. */
export function variableOf(name: InputName): string {
  return `INPUT_${name.replaceAll("-", "_").toUpperCase()}`;
}

/** Reads an input; `undefined` when it is empty. */
export function inputOf(env: Env, name: InputName): string | undefined {
  const text = (env[variableOf(name)] ?? "").trim();
  return text === "" ? undefined : text;
}

/** Reads an input that takes one of some words. Throws an InputError for another. */
export function wordOf<W extends string>(
  env: Env,
  name: InputName,
  words: readonly [W, ...W[]],
): W {
  const text = inputOf(env, name) ?? words[0];
  const word = words.find((each) => each === text);
  if (word !== undefined) return word;
  throw new InputError(`the input ${name} cannot be \`${text}\``, {
    hint: `take ${words.join(", ")}`,
  });
}

/** Flags that take an input's text as it is. */
const PLAIN: readonly (readonly [InputName, string])[] = [
  ["config", "--config"],
  ["hosts", "--host"],
  ["profile", "--profile"],
  ["cosmo-version", "--release"],
  ["min-severity", "--min-severity"],
  ["min-confidence", "--min-confidence"],
  ["fail-on", "--fail-on"],
  ["baseline", "--baseline"],
];

/** The command line that the inputs ask for, without outputs. No shell ever sees it. */
export function argumentsOf(env: Env): string[] {
  const persona = wordOf(env, "persona", PERSONAS);
  const plain = PLAIN.flatMap(([name, flag]) => {
    const text = inputOf(env, name);
    return text === undefined ? [] : [`${flag}=${text}`];
  });
  return [
    "check",
    ...plain,
    ...(persona === PERSONAS[0] ? [] : [`--persona=${persona}`]),
    ...changedOf(env),
    ...splitArguments(inputOf(env, "args") ?? ""),
  ];
}

/** What is analysed, to stand behind all flags. */
export function operandsOf(env: Env): string[] {
  return ["--", inputOf(env, "path") ?? "."];
}

/** In a pull request its base says what has changed; elsewhere everything counts. */
function changedOf(env: Env): string[] {
  const only = wordOf(env, "only-changed", ["false", "true"]) === "true";
  const base = env["GITHUB_BASE_REF"] ?? "";
  if (!only || base === "") return [];
  return [`--changed-since=origin/${base}`, "--only-changed"];
}

/** Splits by white space as a person means it: quotes keep words together, nothing else is special. */
export function splitArguments(text: string): string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/gu, "$1$2"));
}
