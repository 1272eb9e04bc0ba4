import {
  isForeign,
  isTellingPath,
  TELLING_WORDS,
  type ProcMacros,
} from "../extract/generated-names.ts";
import type { Written } from "../extract/written-code.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import { T } from "../syntax/tokens.ts";
import { generatedGaps } from "./generated-gaps.ts";
import { standsOn } from "../util/stands-on.ts";
import type { Crate, Scope, Unexpanded } from "./graph.ts";
import type { Slice } from "./macros/tokens.ts";

/** Remember an invocation that was not expanded. */
export function noteUnexpanded(
  crate: Crate,
  call: Omit<Unexpanded, "telling">,
  input: Slice,
): void {
  const path = call.path.replace(/^\$crate#\d+::/, "");
  crate.unexpanded.push({ ...call, path, telling: tellingOf(input) });
}

/** A module that a macro brings, whose file is not among those that were read. */
export function noteMissing(outer: Scope, name: string): void {
  const message = `mod ${name}: a macro brings it, and no file of that name was read`;
  outer.crate.notAnalysed.push({ cause: "missing-file", message, file: outer.place.file });
}

/** More than we follow; said once per crate and kind. */
export function noteLimit({ notAnalysed }: Crate, file: string, message: string): void {
  if (!notAnalysed.some((note) => note.cause === "limit" && note.message === message))
    notAnalysed.push({ cause: "limit", message, file });
}

/** What arguments hold besides names: `[<` glues new ones together, behind `::` members of what stands there. */
function tellingOf({ all, from, to }: Slice): Unexpanded["telling"] {
  let telling: Unexpanded["telling"] = "no";
  for (let at = from; at < to; at++) {
    const isWord = all.kind[at] === T.ident;
    if (isWord && (TELLING_WORDS.has(all.text(at)) || isForeign(all, at))) return "words";
    if (isWord || !isGlue(all, at)) continue;
    if (at > from && all.is(at - 1, "::") && isTellingPath(`${pathBefore(all, from, at)}::_`))
      return "words";
    telling = "glued";
  }
  return telling;
}

/** The path in front of a `::`: `std::fs` in `std::fs::[<read $x>]`. */
function pathBefore(all: Slice["all"], from: number, at: number): string {
  let start = at - 1;
  while (start > from && (all.kind[start - 1] === T.ident || all.is(start - 1, "::"))) start--;
  return Array.from({ length: at - 1 - start }, (_, k) => all.text(start + k)).join("");
}

function isGlue(t: Slice["all"], at: number): boolean {
  return t.kind[at] === T.open && t.is(at, "[") && t.is(at + 1, "<");
}

/** What is known of programs that write code. */
export interface Generators {
  readonly procMacros?: readonly ProcMacros[];
  readonly scripts?: ReadonlyMap<PackageId, Written>;
}

/** All that was not analysed of a crate, as far as name resolution knows. */
export function gapsOf(
  crate: Crate,
  workspace: Workspace,
  generators: Generators = {},
): NotAnalysed[] {
  const generated = generatedGaps(crate, generators.scripts?.get(crate.package));
  const gaps = [...crate.notAnalysed, ...generated, ...macroGaps(crate, workspace, generators)];
  return gaps.map((note) => ({ ...note, package: crate.package }));
}

/**
 * What a crate's macros may hide, once per macro and file.
 *
 * A procedural macro of the tree hides nothing when its templates, and what they stand on, name nothing that
 * differs between hosts, and its arguments neither: what it writes is made of those.
 */
function macroGaps(crate: Crate, workspace: Workspace, generators: Generators): NotAnalysed[] {
  const groups = new Map<string, { readonly one: Unexpanded; times: number }>();
  for (const one of crate.unexpanded) {
    if (isHarmless(one, crate, workspace, generators)) continue;
    const key = `${one.file}\n${one.path}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { one, times: 1 });
    else group.times++;
  }
  return [...groups.values()].map(({ one: { path, file }, times }) => {
    const calls = times === 1 ? "" : ` (${times} times)`;
    const message = `${path}! could not be expanded${calls}; its arguments were read as they are`;
    return { cause: "macro", message, file };
  });
}

function isHarmless(
  { path, found, inBody, telling }: Unexpanded,
  crate: Crate,
  workspace: Workspace,
  { procMacros: macros = [], scripts }: Generators,
): boolean {
  if (found) return false;
  const name = path.slice(path.lastIndexOf(":") + 1);
  const near = closureOf(workspace, crate.package);
  const own = macros.filter((one) => one.names.has(name) && near.has(one.package));
  // what nobody in the tree defines is std's, which writes its arguments and nothing of ours
  if (own.length === 0 && !isGenerated(name, near, scripts)) return inBody;
  // a glued name is one of the crate's own, or imported from a crate that it stands on
  const isOpen =
    telling === "glued" && [...crate.externs.keys()].some((key) => TELLING_WORDS.has(key));
  if (telling === "words" || isOpen) return false;
  return own.every(({ telling }) => telling.size === 0);
}

/** Whether generated code that hides nothing defines a macro: then what it writes hides nothing either. */
function isGenerated(
  name: string,
  near: ReadonlySet<PackageId>,
  scripts: Generators["scripts"],
): boolean {
  return [...(scripts ?? [])].some(
    ([id, { telling, macros }]) => near.has(id) && telling.length === 0 && macros.includes(name),
  );
}

const closures = new WeakMap<Workspace, Map<PackageId, ReadonlySet<PackageId>>>();

/** The same of every crate of a run, asked for at each of its macros. */
function closureOf(workspace: Workspace, id: PackageId): ReadonlySet<PackageId> {
  const known = closures.get(workspace) ?? new Map<PackageId, ReadonlySet<PackageId>>();
  closures.set(workspace, known);
  const found = known.get(id) ?? standsOn(workspace, id);
  known.set(id, found);
  return found;
}
