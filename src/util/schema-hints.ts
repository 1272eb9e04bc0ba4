import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";

type Path = readonly PropertyKey[];

/** One problem that a schema found, told in words, at the path where a person has to look. */
export interface SchemaProblem {
  readonly path: Path;
  /** True when the place to show is the key and not its value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly hint?: string;
}

/** The first problem worth telling of a zod error; looks into unions for the branch that was meant. */
export function firstProblem(options: {
  error: z.ZodError;
  schema: z.ZodType;
  input: unknown;
}): SchemaProblem {
  const { error, schema, input } = options;
  return describe({ ...deepest(error.issues.map((each) => unfold(each, []))), schema, input });
}

/** "did you mean …?" when a known word is near enough to be a slip. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, known);
  if (distance(word, best) > Math.max(2, Math.floor(word.length / 3))) return undefined;
  return `did you mean ${best}?`;
}

interface PlacedIssue {
  readonly path: Path;
  readonly issue: z.core.$ZodIssue;
}

function unfold(issue: z.core.$ZodIssue, above: Path): PlacedIssue {
  const path = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return { path, issue };
  const branches = issue.errors.map((branch) => deepest(branch.map((each) => unfold(each, path))));
  const best = deepest(branches);
  if (best.path.length > path.length || best.issue.code === "unrecognized_keys") return best;
  return { path, issue: wordsOf(branches) ?? issue };
}

/** A word that fits none of the words of any branch: one list of them all. */
function wordsOf(branches: readonly PlacedIssue[]): z.core.$ZodIssueInvalidValue | undefined {
  const words = branches.flatMap(({ issue }) => (issue.code === "invalid_value" ? [issue] : []));
  const [first] = words;
  return first && { ...first, values: words.flatMap((issue) => issue.values) };
}

function deepest(placed: readonly PlacedIssue[]): PlacedIssue {
  let best = placed[0] as PlacedIssue;
  for (const each of placed) {
    if (weight(each) > weight(best)) best = each;
  }
  return best;
}

// NOTE: an unknown key names the branch of a union that was meant better than a type that does not fit.
function weight(placed: PlacedIssue): number {
  return placed.path.length * 2 + (placed.issue.code === "unrecognized_keys" ? 3 : 0);
}

function describe(placed: PlacedIssue & { schema: z.ZodType; input: unknown }): SchemaProblem {
  const { issue, path, schema, input } = placed;
  if (issue.code === "unrecognized_keys") return unknownKey(issue.keys[0] ?? "", path, schema);
  if (issue.code === "invalid_value") return unknownValue(issue, path, valueAt(input, path));
  if (issue.message.endsWith("received undefined")) {
    return {
      path: path.slice(0, -1),
      atKey: false,
      message: `the key \`${String(path.at(-1))}\` is missing`,
    };
  }
  if (issue.code === "invalid_union") {
    return {
      path,
      atKey: false,
      message: `\`${pathText(path)}\` has none of the forms that it can take`,
    };
  }
  return { path, atKey: false, message: `\`${pathText(path)}\`: ${issue.message}` };
}

function unknownKey(key: string, path: Path, schema: z.ZodType): SchemaProblem {
  const known = keysAt(schema, path);
  const hint = didYouMean(key, known) ?? `known here: ${known.join(", ")}`;
  return { path: [...path, key], atKey: true, message: `unknown key \`${key}\``, hint };
}

function unknownValue(
  issue: z.core.$ZodIssueInvalidValue,
  path: Path,
  given: unknown,
): SchemaProblem {
  const known = issue.values.map(String);
  const hint =
    (typeof given === "string" ? didYouMean(given, known) : undefined) ??
    `one of: ${known.join(", ")}`;
  const what =
    typeof given === "string" ? `cannot be \`${given}\`` : "has a value that it cannot take";
  return { path, atKey: false, message: `\`${pathText(path)}\` ${what}`, hint };
}

function valueAt(input: unknown, path: Path): unknown {
  let here = input;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

function pathText(path: Path): string {
  return path.length === 0 ? "the file" : path.map(String).join(".");
}

/** The keys that a schema admits at a path, over all branches of unions. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: z.core.$ZodType[] = branches(schema);
  for (const step of path) here = here.flatMap((each) => stepInto(each, step)).flatMap(branches);
  const keys = here.flatMap((each) => {
    const def = (each as z.core.$ZodTypes)._zod.def;
    return def.type === "object" ? Object.keys(def.shape) : [];
  });
  return [...new Set(keys)];
}

function stepInto(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  if (def.type === "object") {
    const next = def.shape[String(step)];
    return next === undefined ? [] : [next];
  }
  if (def.type === "array") return [def.element];
  if (def.type === "record") return [def.valueType];
  return [];
}

function branches(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  if (def.type === "optional" || def.type === "default") return branches(def.innerType);
  if (def.type === "lazy") return branches(def.getter());
  if (def.type === "union") return def.options.flatMap(branches);
  return [schema];
}
