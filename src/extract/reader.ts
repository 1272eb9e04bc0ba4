import { CONTEXTS, type Context } from "../model/site.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import type { CfgExpr } from "../syntax/cfg.ts";
import { MENTION_CLASSES, type MacroText, type MentionClass } from "./facts.ts";
import type { FactsBuilder } from "./builder.ts";
import { Locals } from "./locals.ts";

const CLASS_BITS = Object.fromEntries(MENTION_CLASSES.map((cls, code) => [cls, code])) as Readonly<
  Record<MentionClass, number>
>;

/** Nesting beyond this is skipped and counted: hostile input must not exhaust the stack. */
const MAX_DEPTH = 200;

/** What the grammar functions share while they read one token stream from left to right. */
export class Reader {
  i = 0;
  item = 0;
  cfg = 0;
  context: number = contextCode("safe-expr");
  depth = 0;
  readonly locals = new Locals();
  readonly t: Tokens;
  readonly out: FactsBuilder;
  /** Not there when the tokens come from a macro expansion. */
  readonly source: string | undefined;

  constructor(options: { tokens: Tokens; out: FactsBuilder; source?: string }) {
    this.t = options.tokens;
    this.out = options.out;
    this.source = options.source;
  }

  /** Spelling of the token at the cursor, or `offset` tokens further on. */
  text(offset = 0): string {
    const at = this.i + offset;
    return at < this.t.n ? this.t.text(at) : "";
  }

  /** Spelling of a token as `text`, where a keyword is looked for: empty for a raw identifier. */
  word(offset = 0): string {
    const { t } = this;
    const at = this.i + offset;
    if (at >= t.n) return "";
    const text = t.text(at);
    return t.end[at] === t.start[at]! + text.length ? text : "";
  }

  kind(offset = 0): number {
    const at = this.i + offset;
    return at < this.t.n ? this.t.kind[at]! : T.end;
  }

  is(text: string, offset = 0): boolean {
    const at = this.i + offset;
    return at < this.t.n && this.t.is(at, text);
  }

  isIdent(offset = 0): boolean {
    return this.kind(offset) === T.ident;
  }

  at(index = this.i): number {
    return this.t.start[index]!;
  }

  file(index = this.i): number {
    return this.t.fileOf(index);
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.i++;
    return true;
  }

  /** Index of the delimiter that closes the group at the cursor. */
  close(): number {
    return this.t.match[this.i]!;
  }

  /** The group at the cursor as text for a later reading; the cursor moves behind it. */
  takeGroup(): MacroText {
    const open = this.i;
    const close = this.close();
    const delimiter = this.text() as MacroText["delimiter"];
    this.i = Math.min(close + 1, this.t.n);
    const at = this.t.end[open]!;
    if (this.source === undefined)
      return { text: "", at, delimiter, tokens: { all: this.t, from: open + 1, to: close } };
    return { text: this.source.slice(at, this.t.start[close]), at, delimiter };
  }

  mention(path: string, index: number, cls: MentionClass): void {
    this.out.mention(path, this.at(index), this.bits(cls), this.cfg, this.item, this.file(index));
  }

  method(name: string, index: number): void {
    this.out.method(
      `.${name}`,
      this.at(index),
      this.bits("method"),
      this.cfg,
      this.item,
      this.file(index),
    );
  }

  problem(message: string, from = this.i): void {
    this.out.problems.push({
      start: this.at(from),
      end: this.t.end[Math.min(from, this.t.n)]!,
      message,
    });
  }

  /** Run with another context, unless the present one decides anyway (see `inner`). */
  within(context: Context, read: () => void): void {
    const before = this.enterContext(context);
    read();
    this.context = before;
  }

  /** The same without a closure. @returns the context to put back afterwards */
  enterContext(context: Context): number {
    const before = this.context;
    this.context = inner(before, contextCode(context));
    return before;
  }

  /** Run as the body of something new: context and local names of the outside do not count. */
  fresh(context: Context, item: number, read: () => void): void {
    const before = { context: this.context, item: this.item, cfg: this.cfg };
    this.context = contextCode(context);
    this.item = item;
    this.cfg = 0;
    const locals = this.locals.suspend();
    read();
    this.locals.resume(locals);
    Object.assign(this, before);
  }

  withCfg(cfg: CfgExpr | undefined, read: () => void): void {
    const before = this.cfg;
    this.cfg = this.out.cfgAnd(before, cfg);
    read();
    this.cfg = before;
  }

  /** Guard for recursive productions. */
  deeper(end: number, read: () => void): void {
    if (!this.enter(end)) return;
    read();
    this.leave();
  }

  /** The same without a closure: false when everything up to `end` was skipped as too deep, else `leave` follows. */
  enter(end: number): boolean {
    if (this.depth >= MAX_DEPTH) {
      this.problem("nested too deeply");
      this.i = end;
      return false;
    }
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }

  private bits(cls: MentionClass): number {
    return this.context | (CLASS_BITS[cls] << 8);
  }
}

export function contextCode(context: Context): number {
  return CODES[context];
}

const CODES = Object.fromEntries(CONTEXTS.map((context, code) => [context, code])) as Readonly<
  Record<Context, number>
>;
const UNSAFE = contextCode("unsafe-expr");
const SAFE = contextCode("safe-expr");
const TYPE = contextCode("type");

/** A block inside a const item stays a const item; `unsafe` only changes plain expressions. */
function inner(outer: number, wanted: number): number {
  if (wanted === UNSAFE || wanted === TYPE)
    return outer === SAFE || outer === UNSAFE ? wanted : outer;
  return wanted;
}
