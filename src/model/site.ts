import type { Arch } from "./host.ts";
import type { Span } from "./place.ts";
import type { PackageId } from "./workspace.ts";

/** Where in the code a name stands; decides what a porter has to rewrite. */
export const CONTEXTS = [
  "import",
  "safe-expr",
  "unsafe-expr",
  "pattern",
  "const-item",
  "const-fn",
  "static",
  "array-length",
  "discriminant",
  "macro-argument",
  "type",
] as const;
export type Context = (typeof CONTEXTS)[number];

export const SYMBOL_KINDS = ["const", "fn", "struct", "static", "type"] as const;
export type SymbolKind = (typeof SYMBOL_KINDS)[number];

/** How a name was reached: written as a path, imported, brought by a macro, or through another constant. */
export type Via = "path" | "use" | "macro" | "derived";

/** What a site is about. A new kind of fact starts here. */
export const SITE_KINDS = [
  /** A resolved name of the libc crate; `name` is its name there. */
  "libc-use",
  /** A resolved path into std, core or alloc; `name` is the full path (`std::fs::metadata`). */
  "std-use",
  /** A number compared with, or matched on, an OS error code; `name` is the number. */
  "errno-literal",
  /** `asm!`, `global_asm!`, `naked_asm!`; `name` is the macro. */
  "inline-asm",
  /** A C function or static declared in an `extern` block; `name` is the symbol that the linker looks for. */
  "extern-symbol",
  /** A host path or similar in a string literal; `name` is the text. */
  "string",
  /** `Command::new("…")` with a literal; `name` is the program. */
  "command",
  /** `UnixListener::bind("…")` and its like with a literal; `name` is the path, `data.bytes` its length. */
  "socket-path",
  /** `cfg!(…)` that asks for the system; `name` is the predicate (`target_os = "macos"`). */
  "host-cfg",
  /** A set of alternatives (modules, items, re-exports) of which cfg keeps one; `name` is what they all define. */
  "cfg-alternative",
  /** An attribute that changes the whole program; `name` is the attribute: `global_allocator` (`data.type`: of its static). */
  "attribute",
  /**
   * Source files of a package in another language, one fact per language or thing seen in them; `name` is the path
   * of the first, `data.files` and `data.count` tell of all. `data.language` is `assembly`, `c`, `c++`, `object`,
   * `preprocessor` (`data.macros`: names that `#if` asks about) or `calls` (`data.calls`: C functions called);
   * `data.guard` is a macro that tells the system, such as `__linux__`.
   */
  "native-file",
  /** A fact of the manifest or of cargo's configuration; `name` is `key` or `key=value`. */
  "manifest",
] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/** Whether the program can get to an item, with one way there as evidence. */
export interface Reached {
  readonly reachable: "yes" | "no" | "unknown";
  /** Items from a root to this one, each behind its crate's name. */
  readonly trail?: readonly string[];
}

/** A fact at a place, after cfg and name resolution, without judgement: what rules query. */
export interface Site extends Partial<Reached> {
  readonly kind: SiteKind;
  readonly name: string;
  readonly package: PackageId;
  /** Relative to the package's folder, `/`-separated. */
  readonly file: string;
  readonly span: Span;
  /** Which root of the package this is compiled into. */
  readonly target: "lib" | "proc-macro" | "bin" | "build-script" | "package";
  /** Path of the enclosing item inside its crate (`sys::epoll::Selector::new`); empty at the top. */
  readonly item: string;
  readonly context: Context;
  /** Path of the enum, type or function that lists this constant among many: told as one. */
  readonly table?: string;
  readonly symbolKind?: SymbolKind;
  readonly via?: Via;
  /** `unknown`: kept or removed by a cfg that only a build script knows. */
  readonly active: "yes" | "unknown";
  readonly archs: readonly Arch[];
  /**
   * Further named values of this kind of fact; its rules know them.
   * - pattern context (`libc-use`, `errno-literal`): `otherwise`, what the match's default arm ends in: `panic`
   *   (panic!, unreachable!, unimplemented!, todo!, unwrap, expect) or `abort` (abort, exit).
   * - `inline-asm`: `systemCall`, true when its text has a `syscall`, `sysenter`, `int 0x80` or `svc` instruction.
   * - `cfg-alternative`: `cfg`, `chosen` (file or module that cfg keeps), `others`, `symbols` (names of the libc crate
   *   that the chosen arm leads to).
   * - `libc-use` via `derived`: `through`, the constant that is made of this one; `definedIn`, the package that does it.
   * - `std-use`: `made`, true where something is made of the value (`Error::new(ErrorKind::X, …)`, `.into()`, `… => ErrorKind::X,`).
   *   `method`, true where a method is called on a value whose type is guessed from its name and the words of the file;
   *   `near`, whether the function itself has such a word. `existing`, true of options to open files that are begun and
   *   used in a function which asks for no flag that makes or empties a file.
   * - `contexts`: all of them, where the text of a macro puts the same name into several.
   */
  readonly data?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
