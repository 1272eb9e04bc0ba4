import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { Document, LineCounter } from "yaml";
import type { z } from "zod";
import { InputError, notTooDeep } from "./errors.ts";
import { keepYaml, knownYaml } from "./yaml-memo.ts";
import { firstProblem } from "./schema-hints.ts";

const load = createRequire(import.meta.url);

/** NOTE: most runs meet only texts that an earlier one has read, and loading the reader takes longer than they do. */
function reader(): typeof Yaml {
  return load("yaml") as typeof Yaml;
}

/**
 * Reads a YAML text as what a schema says. Throws an InputError with `file:line:column` at the first thing that
 * does not fit, and with the word that was probably meant.
 */
export function readYaml<S extends z.ZodType>(options: {
  text: string;
  file: string;
  schema: S;
}): z.output<S> {
  const known = knownYaml(options.text);
  const checked = known === undefined ? undefined : options.schema.safeParse(known);
  if (checked?.success === true) return checked.data;
  const yaml = reader();
  const lines = new yaml.LineCounter();
  const document = notTooDeep(options.file, () =>
    yaml.parseDocument(options.text, { lineCounter: lines, prettyErrors: false }),
  );
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new InputError(`not valid YAML: ${reasonOf(broken.message)}`, {
      place: placeOf({ file: options.file, lines, offset: broken.pos[0] }),
    });
  }
  const input = valueOf(document, options.file);
  const parsed = notTooDeep(options.file, () => options.schema.safeParse(input));
  if (parsed.success) {
    keepYaml(options.text, input);
    return parsed.data;
  }
  const problem = firstProblem({ error: parsed.error, schema: options.schema, input });
  const offset = offsetOf({ document, path: problem.path, atKey: problem.atKey });
  throw new InputError(oneLine(problem.message), {
    place: placeOf({ file: options.file, lines, offset }),
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  });
}

/** NOTE: the parser catches its own overflow and hands it on as a message. */
function reasonOf(message: string): string {
  return /call stack/i.test(message) ? "it is nested too deeply" : oneLine(message);
}

/** The value of a document. Throws an InputError for one whose aliases multiply. */
function valueOf(document: Document, file: string): unknown {
  try {
    return notTooDeep(file, () => document.toJS({ maxAliasCount: 100 }) as unknown);
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw new InputError("not valid YAML: its aliases stand for too much", { place: file, cause });
  }
}

/** Where a value stands in a YAML text, as `file:line:column`: for checks that a schema cannot say. */
export function yamlPlace(options: {
  text: string;
  file: string;
  path: readonly PropertyKey[];
}): string {
  const yaml = reader();
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(options.text, { lineCounter: lines, prettyErrors: false });
  return placeOf({
    file: options.file,
    lines,
    offset: offsetOf({ document, path: options.path, atKey: false }),
  });
}

function offsetOf(options: {
  document: Document;
  path: readonly PropertyKey[];
  atKey: boolean;
}): number {
  const { document, path } = options;
  for (let length = path.length; length > 0; length -= 1) {
    const steps = path.slice(0, length);
    const offset =
      options.atKey && length === path.length
        ? keyOffset(document, steps)
        : nodeOffset(document, steps);
    if (offset !== undefined) return offset;
  }
  return reader().isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}

function nodeOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const node = document.getIn(path, true);
  return reader().isNode(node) ? node.range?.[0] : undefined;
}

function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const { isMap, isScalar } = reader();
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function placeOf(options: { file: string; lines: LineCounter; offset: number }): string {
  const { line, col } = options.lines.linePos(options.offset);
  return `${options.file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
