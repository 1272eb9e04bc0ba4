import type { FixHint } from "../model/fix.ts";
import type { Edit } from "./edits.ts";
import { isBelow, tomlPlaces, type TomlEntry, type TomlPlaces } from "./manifest-text.ts";
import type { Planned } from "./plan.ts";
import { requirement } from "../util/requirement.ts";

/** A feature that should be on. */
export interface Wanted {
  readonly hint: FixHint;
  /** The crate and the version of it that is compiled. */
  readonly crate: string;
  readonly version: string;
  readonly feature: string;
  /** Add the dependency where the manifest does not have it itself. */
  readonly mayAdd: boolean;
}

/**
 * Turns a feature of a dependency on in the text of a Cargo.toml, and touches nothing else of it. Undefined when the
 * feature is asked for already, the dependency is not there to be changed, or the text is broken.
 */
export function turnOnFeature(text: string, wanted: Wanted): Planned | undefined {
  const places = tomlPlaces(text);
  if (places === undefined) return undefined;
  const edit = editFor(text, places, wanted);
  if (edit === undefined) return undefined;
  const title = `turn on the feature \`${wanted.feature}\` of ${wanted.crate}`;
  return { title, kind: "unsafe", hints: [wanted.hint], edits: [edit] };
}

function editFor(text: string, places: TomlPlaces, wanted: Wanted): Edit | undefined {
  const path = dependencyPath(places, wanted.crate);
  if (path === undefined) return wanted.mayAdd ? added(text, places, wanted) : undefined;
  const name = JSON.stringify(wanted.feature);
  const at = (key: string): TomlEntry | undefined =>
    places.entries.find(
      (each) => each.path.length === path.length + 1 && isBelow(each.path, [...path, key]),
    );
  const features = at("features");
  if (features !== undefined) return inArray(features, wanted.feature);
  const itself = places.entries.find(
    (each) => each.path.length === path.length && isBelow(each.path, path),
  );
  if (itself?.value.type === "TOMLValue") {
    const [start, end] = itself.value.range;
    return { start, end, newText: `{ version = ${text.slice(start, end)}, features = [${name}] }` };
  }
  if (itself?.value.type === "TOMLInlineTable") {
    const end = itself.value.body.at(-1)?.range[1];
    return end === undefined ? undefined : { start: end, end, newText: `, features = [${name}]` };
  }
  return onLineBehind(text, places, path, name);
}

/** `[dependencies.NAME]`, or keys with dots. */
function onLineBehind(
  text: string,
  places: TomlPlaces,
  path: TomlEntry["path"],
  name: string,
): Edit | undefined {
  const table = places.tables.find(
    (each) => each.path.length === path.length && isBelow(each.path, path),
  );
  if (table !== undefined) return insertion(table.end, `${newline(text)}features = [${name}]`);
  const last = places.entries.findLast((each) => isBelow(each.path, path));
  const own = last?.keys.slice(0, -1).map(({ range: [start, end] }) => text.slice(start, end));
  return last === undefined || own === undefined
    ? undefined
    : insertion(last.range[1], `${newline(text)}${[...own, "features"].join(".")} = [${name}]`);
}

function inArray({ value }: TomlEntry, feature: string): Edit | undefined {
  if (value.type !== "TOMLArray") return undefined;
  const known = value.elements.some((each) => each.type === "TOMLValue" && each.value === feature);
  if (known) return undefined;
  const name = JSON.stringify(feature);
  const last = value.elements.at(-1);
  return last === undefined
    ? insertion(value.range[0] + 1, name)
    : insertion(last.range[1], `, ${name}`);
}

/** Where a dependency stands: by its key, or by the `package` that it names. */
function dependencyPath(
  { entries, tables }: TomlPlaces,
  crate: string,
): TomlEntry["path"] | undefined {
  const renamed = entries.find(
    ({ path, value }) =>
      isInDependencies(path) &&
      path.at(-1) === "package" &&
      value.type === "TOMLValue" &&
      value.value === crate,
  );
  if (renamed !== undefined) return renamed.path.slice(0, -1);
  const found = [...entries, ...tables].find(
    ({ path }) => isInDependencies(path) && path[tableLength(path)] === crate,
  );
  return found?.path.slice(0, tableLength(found.path) + 1);
}

function isInDependencies(path: TomlEntry["path"]): boolean {
  const length = tableLength(path);
  return path.length > length && path[length - 1] === "dependencies";
}

/** `dependencies`, or `target.'…'.dependencies`. */
function tableLength(path: TomlEntry["path"]): number {
  return path[0] === "target" ? 3 : 1;
}

function added(text: string, { tables }: TomlPlaces, { crate, version, feature }: Wanted): Edit {
  const line = `${crate} = { version = ${JSON.stringify(requirement(version))}, default-features = false, features = [${JSON.stringify(feature)}] }`;
  const table = tables.find(({ path }) => path.length === 1 && path[0] === "dependencies");
  const eol = newline(text);
  if (table !== undefined) return insertion(table.end, `${eol}${line}`);
  const gap = text === "" || text.endsWith("\n") ? "" : eol;
  return insertion(text.length, `${gap}${eol}[dependencies]${eol}${line}${eol}`);
}

function insertion(at: number, newText: string): Edit {
  return { start: at, end: at, newText };
}

function newline(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
