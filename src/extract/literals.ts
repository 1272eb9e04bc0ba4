import { beginningOf, stringValue } from "../syntax/strings.ts";
import { T } from "../syntax/tokens.ts";
import type { Reader } from "./reader.ts";
import type { LiteralFact } from "./facts.ts";

/** Beginnings of paths that name something of one host or another. */
const HOST_PATHS = [
  "/etc/",
  "/proc/",
  "/dev/",
  "/sys/",
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

function keep(r: Reader, kind: LiteralFact["kind"], offset: number, callee?: string): void {
  const index = r.i + offset;
  const literal: LiteralFact = {
    kind,
    text: stringValue(r.t.text(index)),
    at: r.at(index),
    end: r.t.end[index]!,
    item: r.item,
    cfg: r.cfg,
    context: r.context,
    ...(callee === undefined ? {} : { callee }),
  };
  const file = r.file(index);
  r.out.literals.push(file === 0 ? literal : { ...literal, file });
}
