import type { CfgExpr } from "../syntax/cfg.ts";
import type { SyntaxProblem, Tokens } from "../syntax/tokens.ts";
import type { SuppressionProblem } from "../model/suppression.ts";

export type ItemKind =
  | "mod"
  | "use"
  | "extern-crate"
  | "fn"
  | "const"
  | "static"
  | "struct"
  | "union"
  | "enum"
  | "variant"
  | "trait"
  | "impl"
  | "type"
  | "extern-block"
  | "macro-def"
  | "macro-call";

export type Visibility = "pub" | "restricted" | "private";

/** One name that a `use` declaration brings in. */
export interface UseLeaf {
  /** Path as written; a leading empty segment stands for a leading `::`. */
  readonly path: readonly string[];
  /** Name that is bound; `*` for a glob; `_` for a nameless trait import. */
  readonly name: string;
  /** Offset of the path's last segment (of `*` for a glob). */
  readonly at: number;
  /** File of that place: 0 is the file at hand, others come from macro expansion. */
  readonly file?: number;
}

/** `#[path = "…"]`, and the condition under which it counts. */
export interface PathAttribute {
  readonly cfg?: CfgExpr;
  readonly value: string;
}

/** A macro definition or invocation: its tokens are read again when names can be resolved. */
export interface MacroText {
  /** Source from after the opening delimiter to before the closing one. */
  readonly text: string;
  /** Offset of that text in its file. */
  readonly at: number;
  readonly delimiter: "(" | "[" | "{";
  /** In an expansion there is no source text: the tokens themselves, from `from` to before `to`, until they are read. */
  tokens?: { readonly all: Tokens; readonly from: number; readonly to: number } | undefined;
}

export interface ItemFact {
  readonly kind: ItemKind;
  /** Empty for impl, use, extern blocks and calls. */
  readonly name: string;
  /** Index of the enclosing item in `FileFacts.items`; -1 for the file's own module, which is item 0. */
  readonly parent: number;
  /** Index into `FileFacts.cfgs`; 0 is always. */
  cfg: number;
  /** Offset of the name, or of the first keyword. */
  readonly at: number;
  /** Offset behind the item. */
  end: number;
  readonly vis: Visibility;
  /** Attributes other than cfg, without `#[]`, white space removed around their arguments. */
  readonly attributes?: readonly string[];
  /** `mod`: false when its content is in another file. */
  readonly inline?: boolean;
  readonly paths?: readonly PathAttribute[];
  readonly uses?: readonly UseLeaf[];
  readonly isConst?: boolean;
  readonly isUnsafe?: boolean;
  /** impl: index of the Self type's path; member items find it through `parent`. */
  self?: number;
  /** impl: index of the trait's path. */
  trait?: number;
  /** fn in whose body something may be declared: where in `FileFacts.mentions` the body begins, behind the signature. */
  body?: number;
  /** `extern crate NAME as …`: NAME; extern block: its ABI; macro call: the macro's path. */
  readonly target?: string;
  /** Macro definition or invocation at item position. */
  readonly macro?: MacroText;
  readonly file?: number;
}

/** A macro invocation inside an item's body, left for the resolve stage. */
export interface BodyCall {
  /** Index of the macro's path in `FileFacts.paths`, without `!`. */
  readonly path: number;
  /** Offset of the macro's name. */
  readonly at: number;
  readonly item: number;
  readonly cfg: number;
  readonly context: number;
  readonly macro: MacroText;
  /** What stands there once it is expanded. */
  readonly as: "expr" | "pattern" | "type";
  readonly file?: number;
}

/** A literal that rules want to see. */
export interface LiteralFact {
  readonly kind: "string" | "command" | "socket-path" | "errno-literal" | "host-cfg";
  readonly text: string;
  readonly at: number;
  readonly end: number;
  readonly item: number;
  readonly cfg: number;
  readonly context: number;
  /** The path of the function whose argument it is, as written. */
  readonly callee?: string;
  readonly file?: number;
}

/** How a path is used; the second half of a mention's bits. */
export const MENTION_CLASSES = [
  "value",
  "type",
  "pattern",
  "method",
  "assoc",
  "literal",
  "call",
  "macro",
  /** A word of an attribute that only its macro understands. */
  "attribute",
  /** A value that something is made of: `T::new(PATH, …)`, `T::from(PATH)`, `PATH.into()`, `… => PATH,`. */
  "made",
  /** A trait behind `dyn`, beside its mention as a type: all of its methods are in tables that programs keep. */
  "object",
] as const;
export type MentionClass = (typeof MENTION_CLASSES)[number];

/** Ints per mention in `FileFacts.mentions`. */
export const MENTION_STRIDE = 6;

/**
 * What one file says, without judgement and without a target: the same for every configuration, so it can be
 * cached by the file's content.
 */
export interface FileFacts {
  readonly lineStarts: Int32Array;
  /** Interned paths, segments joined by `::`; a leading `::` is kept; methods as `.name`; `?::x` when the owner is a type. */
  readonly paths: readonly string[];
  /** Interned predicates; entry 0 always holds. */
  readonly cfgs: readonly CfgExpr[];
  readonly items: readonly ItemFact[];
  /** Records of six: path, offset of the last segment, context | class << 8, cfg, item, file. */
  readonly mentions: Int32Array;
  readonly calls: readonly BodyCall[];
  readonly literals: readonly LiteralFact[];
  /** Invocations of `include!` inside bodies: what stands between the parentheses. */
  readonly includes: readonly {
    readonly argument: string;
    readonly item: number;
    readonly cfg: number;
    readonly at: number;
  }[];
  readonly problems: readonly SyntaxProblem[];
  /** Patterns of matches whose default arm ends the program. */
  readonly abruptPatterns: readonly AbruptPattern[];
  /** A macro's text inside a body that brings items to the statements around it. */
  readonly amongStatements?: boolean;
  /** What the author judged beside the code; absent: nothing. */
  readonly suppressions?: readonly SuppressionFact[];
}

/** A pattern whose match ends the program for everything that no pattern names. */
export interface AbruptPattern {
  readonly at: number;
  readonly end: number;
  readonly otherwise: "panic" | "abort";
}

/** A suppression as one file says it. Offsets count UTF-16 units; lines count from 1. */
export interface SuppressionFact {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until?: string;
  readonly problem?: SuppressionProblem;
  readonly at: number;
  /** First and last line that it speaks about. */
  readonly lines: readonly [from: number, to: number];
}
