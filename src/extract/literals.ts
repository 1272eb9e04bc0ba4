import { printCfg, readCfgList, type CfgExpr } from "../syntax/cfg.ts";
import { beginningOf, stringValue } from "../syntax/strings.ts";
import { T } from "../syntax/tokens.ts";
import type { Reader } from "./reader.ts";
import type { LiteralFact } from "./facts.ts";

/** Beginnings of paths that name something of one host or another. */
const HOST_PATHS = [
  "/etc/",
  "/proc",
  "/dev/",
  "/sys",
  "/usr/",
  "/var/",
  "/tmp",
  "/bin/",
  "/run/",
  "/lib",
  "/opt/",
  "/System/",
  "/Library/",
  "C:\\",
];

/** Calls whose literal argument says something by itself. */
const CALLS: readonly (readonly [string, LiteralFact["kind"]])[] = [
  ["Command::new", "command"],
  ["UnixListener::bind", "socket-path"],
  ["UnixDatagram::bind", "socket-path"],
];

/** Keep the string literal at the cursor when it looks like a host path, or the argument of `callee` when that starts a program or binds a socket. */
export function noteLiteral(r: Reader, callee?: string): void {
  if (callee !== undefined) {
    if (r.kind(1) !== T.string) return;
    const kind = CALLS.find(([end]) => callee.endsWith(end))?.[1];
    if (kind !== undefined) keep(r, kind, 1, callee);
    return;
  }
  if (r.kind() !== T.string) return;
  const text = beginningOf(r.text());
  if (HOST_PATHS.some((start) => text.startsWith(start))) keep(r, "string", 0);
}

/** `cfg!(…)`: the compiler answers it, for the system that it builds for. The cursor stands behind the parenthesis. */
export function noteHostCfg(r: Reader, close: number): void {
  const [predicate] = readCfgList(r.t, r.i, close);
  if (predicate !== undefined && asksForSystem(predicate))
    // NOTE: the first word alone: the others may stand on other lines, or in another file's macro
    push(r, { kind: "host-cfg", text: printCfg(predicate) }, r.i);
  r.i = close;
}

/** Values of `target_os`, `target_family` and `target_vendor` that tell our hosts apart. */
const SYSTEMS = new Set("linux macos windows freebsd openbsd netbsd unix apple pc".split(" "));
const SYSTEM_KEYS = new Set(["target_os", "target_family", "target_vendor"]);

function asksForSystem(predicate: CfgExpr): boolean {
  if (predicate.op === "not") return asksForSystem(predicate.arg);
  if (predicate.op !== "is") return predicate.args.some(asksForSystem);
  const { name, value } = predicate;
  if (value === undefined) return name === "unix" || name === "windows";
  return SYSTEM_KEYS.has(name) && SYSTEMS.has(value);
}

function keep(r: Reader, kind: LiteralFact["kind"], offset: number, callee?: string): void {
  const index = r.i + offset;
  const what = { kind, text: stringValue(r.t.text(index)) };
  push(r, callee === undefined ? what : { ...what, callee }, index);
}

function push(r: Reader, what: Pick<LiteralFact, "kind" | "text" | "callee">, index: number): void {
  const place = { at: r.at(index), end: r.t.end[index]! };
  const literal: LiteralFact = { ...what, ...place, item: r.item, cfg: r.cfg, context: r.context };
  const file = r.file(index);
  r.out.literals.push(file === 0 ? literal : { ...literal, file });
}
