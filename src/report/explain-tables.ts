import { ARCHS } from "../model/host.ts";
import type { FunctionRow, StructLayout, StructRow, SyscallRow } from "../model/knowledge.ts";
import { hostsText, valuesText } from "../util/hosts-text.ts";
import { plain } from "./plain.ts";
import type { Pen } from "./text/style.ts";
import { wrap } from "./width.ts";

const STATUS: Readonly<Record<FunctionRow["status"], string>> = {
  ok: "libcosmo.a has it",
  missing: "libcosmo.a does not have it: a program that reaches it does not link",
  "other-contract": "libcosmo.a has it with another contract than Rust expects",
  unknown: "nothing is known of it",
};

/** What is known about a function, in lines. */
export function functionLines(row: FunctionRow, pen: Pen): string[] {
  const symbol = row.symbol === undefined ? "" : ` (symbol ${row.symbol})`;
  const lines = [
    `Function${symbol}: ${STATUS[row.status]}${row.note === undefined ? "" : `; ${row.note}`}.`,
  ];
  if (row.unavailable.length > 0)
    lines.push(`It only answers ENOSYS or the like on ${hostsText(row.unavailable)}.`);
  if (row.source !== undefined) lines.push(`Defined in ${row.source}.`);
  return lines.flatMap((line) => wrap(plain(line), pen.width));
}

/** What is known about a struct, in lines. */
export function structLines(row: StructRow, pen: Pen): string[] {
  const alike = JSON.stringify(row.x86_64) === JSON.stringify(row.aarch64);
  const lines = alike
    ? layoutText("Struct", row.x86_64)
    : ARCHS.flatMap((arch) => layoutText(`Struct on ${arch}`, row[arch]));
  return lines.flatMap((line) => wrap(plain(line), pen.width));
}

function layoutText(head: string, layout: StructLayout): string[] {
  const sizes = `${layout.libc ?? "?"} bytes in the libc crate, ${layout.cosmo ?? "?"} in Cosmopolitan`;
  const danger =
    layout.class === "cosmo larger" ? ": every call that fills it writes past its end" : "";
  const moved = Object.entries(layout.moved ?? {}).map(
    ([field, [libc, cosmo]]) => `${field} at ${libc ?? "?"} against ${cosmo ?? "?"}`,
  );
  const resized = Object.entries(layout.resized ?? {}).map(
    ([field, [libc, cosmo]]) => `${field} of ${libc} against ${cosmo} bytes`,
  );
  const details = [...moved, ...resized];
  return [
    `${head}: ${layout.class} (${sizes})${danger}.`,
    ...(details.length === 0 ? [] : [`  ${details.join("; ")}`]),
  ];
}

/** What is known about a raw system call, in lines. */
export function syscallLines(row: SyscallRow, pen: Pen): string[] {
  const lines = [
    `System call: the kernels' own numbers are ${valuesText(row.hosts)}.`,
    row.answered === true
      ? "Cosmopolitan's syscall() knows it under a number of its own."
      : "Cosmopolitan's syscall() answers ENOSYS to it on every host.",
  ];
  return lines.flatMap((line) => wrap(plain(line), pen.width));
}
