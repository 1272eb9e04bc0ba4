import { fileURLToPath } from "node:url";
import type * as z from "zod";
import { readRegularText } from "./regular-file.ts";
import { isRecord } from "./values.ts";
import { readYaml } from "./yaml.ts";

/** Where the build lays down what it has read; there is none beside the sources. */
const FOLDER = new URL("../checked/", import.meta.url);

/** A text of ours: what it is (`rule`, `crate`), its name among those, and what it says. */
export interface OwnText {
  readonly form: string;
  readonly name: string;
  readonly text: string;
}

/** An own text with the value that it has once a schema has seen it. */
export interface CheckedText extends OwnText {
  /** As messages name it. */
  readonly file: string;
  readonly value: unknown;
}

const kept = new Map<string, Readonly<Record<string, unknown>>>();
let listener: ((checked: CheckedText) => void) | undefined;

/**
 * What the build has made of a text, checked by its schema; `undefined` when the build saw another text or none.
 * A rule that somebody changed is so read again, and whoever asks for few files waits for no reader of YAML.
 */
export function checkedValue({ form, name, text }: OwnText, folder: URL = FOLDER): unknown {
  const file = fileURLToPath(new URL(checkedFile(form), folder));
  const known = kept.get(file) ?? readForm(file);
  kept.set(file, known);
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  return isRecord(found) && found["text"] === text ? found["value"] : undefined;
}

/** Reads a YAML text of ours as what a schema says, at run time only when the build has not; `checked` tells. */
export function readOwnYaml<S extends z.ZodType>(
  options: OwnText & { file: string; schema: () => S },
): { value: z.output<S>; checked: boolean } {
  const known = checkedValue(options) as z.output<S> | undefined;
  if (known !== undefined) return { value: known, checked: true };
  const { form, name, text, file, schema } = options;
  const value = readYaml({ text, file, schema: schema() });
  listener?.({ form, name, text, file, value });
  return { value, checked: false };
}

/** Hear of every own text that is read from now on: how the build learns what there is. */
export function onOwnText(tell: (checked: CheckedText) => void): void {
  listener = tell;
}

/** The file that a build keeps a form of texts in: each name with its text and value. */
export function checkedFile(form: string): string {
  return `${form}.json`;
}

function readForm(file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readRegularText(file));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
