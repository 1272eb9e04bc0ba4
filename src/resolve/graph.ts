import type { Edition, PackageId, TargetKind } from "../model/workspace.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { FileFacts, Visibility } from "../extract/facts.ts";
import type { ModulePlace } from "../source/module-paths.ts";
import type { Active, Worlds } from "../syntax/cfg-eval.ts";
import type { Answers } from "./answers.ts";
import type { MacroRule } from "./macros/pattern.ts";

/** A crate whose names are being resolved. */
export interface Crate {
  /** Index into `all`. */
  readonly id: number;
  /** Every crate of the graph, for `$crate` in macros that came a long way. */
  readonly all: readonly Crate[];
  readonly package: PackageId;
  readonly target: TargetKind;
  readonly edition: Edition;
  readonly worlds: Worlds;
  readonly files: ReadonlyMap<string, FileFacts>;
  /** Crates of its dependencies, by their name in this crate's code. */
  readonly externs: Map<string, Crate>;
  readonly root: Scope;
  /** Macros by name: `#[macro_export]`ed ones, and all of them. */
  readonly exported: Map<string, MacroDef[]>;
  readonly macros: Map<string, MacroDef[]>;
  /** Crates named in `#[macro_use] extern crate`. */
  readonly macroUse: Crate[];
  readonly units: Unit[];
  readonly notAnalysed: NotAnalysed[];
  readonly unexpanded: Unexpanded[];
  /** Code that nobody has written: where it is included. */
  readonly generated: Generated[];
  /** While its modules are laid out: scopes that names were looked up in, whose answers are not yet final. */
  asked: Set<Scope> | undefined;
  /** Whether the macros inside its bodies were expanded. */
  isExpanded: boolean;
  /** Whether its modules are not laid out yet. */
  readonly isAsleep: boolean;
  /** What the crates of the program ask of one that is under them; undefined for their own. */
  readonly answers: Answers | undefined;
  /** Whether a macro of that name is `#[macro_export]`ed; cheaper than `exported` for a crate that is asleep. */
  exports(macro: string): boolean;
  /** One of its files with a number for it, without its modules being laid out. */
  fileOf(file: string): { readonly number: number; readonly facts: FileFacts } | undefined;
}

/** An invocation whose arguments were read as they are. */
export interface Unexpanded {
  readonly path: string;
  readonly file: string;
  /** A definition is known, but none of its rules fits. */
  readonly found: boolean;
  /** It stands in a body, where most macros that nobody defines are std's. */
  readonly inBody: boolean;
  /** Its arguments hold words that say more than names do, or parts that are glued to be names. */
  readonly telling: "no" | "words" | "glued";
}

/** `include!` of a file whose path the compiler finds in a variable. */
export interface Generated {
  readonly file: string;
  /** What stands between the parentheses. */
  readonly path: string;
  /** Whether it is surely part of the crate. */
  readonly surely: boolean;
}

/** A module, or the body of an item that declares names of its own. */
export interface Scope {
  readonly crate: Crate;
  /** Names from the crate's root: `sys::unix`. */
  readonly path: string;
  /** The module around this one; for a body the scope around it. */
  readonly parent: Scope | undefined;
  readonly isBody: boolean;
  readonly place: ModulePlace;
  /** Most bodies declare nothing: what is empty is shared, so additions go through `scopes.ts`. */
  entries: ReadonlyMap<string, Entry[]>;
  globs: readonly Glob[];
  /** Macros by textual scope. */
  macros: ReadonlyMap<string, MacroDef[]>;
  /** Answers given so far, per namespace by path. */
  readonly memo: (Map<string, readonly Target[]> | undefined)[];
}

/** A name in a scope. */
export interface Entry {
  readonly active: Active;
  readonly vis: Visibility;
  readonly scope: Scope;
  readonly is:
    | { readonly kind: "scope"; readonly scope: Scope }
    | { readonly kind: "item"; readonly item: ItemRef }
    | { readonly kind: "use"; readonly path: readonly string[] }
    | { readonly kind: "crate"; readonly crate: Crate }
    | { readonly kind: "std"; readonly path: string };
}

export interface Glob {
  readonly path: readonly string[];
  readonly active: Active;
  readonly vis: Visibility;
  readonly scope: Scope;
}

/** An item of a unit. */
export interface ItemRef {
  readonly unit: Unit;
  readonly index: number;
}

/** The facts of one file, or of one macro expansion, placed in a crate. */
export interface Unit {
  readonly crate: Crate;
  readonly facts: FileFacts;
  /** Items of the crate's units before this one: item k of this unit is the crate's item `base + k`. */
  readonly base: number;
  /** Index into the graph's file table; what a mention's file 0 stands for. */
  readonly file: number;
  /** Per item: whether cfg keeps it (0: no), and the scope in which names inside it are looked up. */
  readonly active: Uint8Array;
  readonly scopes: (Scope | undefined)[];
  /** The item around an expansion, for paths of items. */
  readonly outer: ItemRef | undefined;
  /** True for an expansion: its places are those of its tokens. */
  readonly expanded: boolean;
  /** Where the macro is called that an expansion comes from. */
  readonly call: CallPlace | undefined;
}

/** The path of a macro in its invocation. */
export interface CallPlace {
  readonly offset: number;
  readonly length: number;
  /** Index into the graph's file table. */
  readonly file: number;
}

export interface MacroDef {
  readonly name: string;
  readonly crate: Crate;
  /** Where its name stands in that file. */
  readonly at: number;
  readonly scope: Scope;
  readonly file: number;
  readonly active: Active;
  /** `#[macro_export(local_inner_macros)]`: macros that its expansions call are those of its crate. */
  readonly localInner: boolean;
  rules(): readonly MacroRule[];
}

/** What a path leads to. */
export type Target =
  | { readonly kind: "scope"; readonly scope: Scope; readonly active: Active }
  | { readonly kind: "item"; readonly item: ItemRef; readonly active: Active }
  | { readonly kind: "std"; readonly path: string; readonly active: Active };

/** A file by its number in the graph. */
export interface FileRef {
  readonly package: PackageId;
  /** Relative to the package's folder. */
  readonly file: string;
  readonly facts: FileFacts;
}

/** All crates of one run, dependencies first. */
export interface Graph {
  readonly crates: readonly Crate[];
  /** Entry 0 is unused: file 0 stands for "the file at hand". */
  readonly files: readonly (FileRef | undefined)[];
}
