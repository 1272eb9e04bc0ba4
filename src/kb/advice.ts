import type { ConstantRow, FunctionRow, StructRow, SyscallRow } from "../model/knowledge.ts";

interface Rows {
  readonly constant?: ConstantRow;
  readonly function?: FunctionRow;
  readonly struct?: StructRow;
  readonly syscall?: SyscallRow;
}

const BY_GROUP: Readonly<Record<string, string>> = {
  errno:
    "Compare `io::Error::kind()` instead of numbers; std decodes it once it is patched, or an SDK translates errno.",
  open: "Open files with `OpenOptions`; set close-on-exec and non-blocking by std's methods.",
  so: "Set socket options by std's or socket2's methods under an SDK that translates them.",
  clock: "Take `Instant` and `SystemTime` instead of clock ids.",
  sig: "Take signal numbers from the host at run time, or handle only those that all hosts number alike (HUP, INT, QUIT, TERM).",
  syscall:
    "Call the C function instead of `syscall()`: Cosmopolitan's own answers three calls only, under numbers of its own.",
};

/** The repair pattern for a name, one sentence each; nothing for a name that is the same everywhere. */
export function adviceFor(name: string, rows: Rows): string[] {
  return [
    ...constantAdvice(name, rows.constant),
    ...functionAdvice(rows.function),
    ...structAdvice(rows.struct),
  ];
}

function constantAdvice(name: string, row: ConstantRow | undefined): string[] {
  if (row === undefined || row.class === "same") return [];
  if (row.class === "unknown")
    return [
      "Cosmopolitan's sources do not mention the name: find out what the call does on each host before you rely on it.",
    ];
  const general = generalAdvice(name, row);
  const own = BY_GROUP[row.group];
  return own === undefined ? [general] : [own, general];
}

function generalAdvice(name: string, row: ConstantRow): string {
  if (row.runtime)
    return `Read it when the program runs: \`extern "C" { static ${name}: c_int; }\` is a variable of Cosmopolitan's; inside patterns and constants write a comparison or a function instead.`;
  if (row.class === "differs")
    return "Compile in Cosmopolitan's own number: its headers fix one for every host, and the libc crate has another.";
  return "Leave it out on the hosts that do not have it: no value that Cosmopolitan knows would be right there.";
}

function functionAdvice(row: FunctionRow | undefined): string[] {
  if (row === undefined) return [];
  if (row.status === "missing")
    return [
      "Link a function of this name of your own, or take another call; without it the program does not link.",
    ];
  if (row.status === "other-contract")
    return ["Link a function with the contract that Rust expects in front of Cosmopolitan's."];
  if (row.unavailable.length > 0)
    return ["Be ready for ENOSYS, and take another way when it comes."];
  return [];
}

function structAdvice(row: StructRow | undefined): string[] {
  const classes = row === undefined ? [] : [row.x86_64.class, row.aarch64.class];
  if (classes.includes("cosmo larger"))
    return [
      "Never hand it to C as it is: Cosmopolitan writes past its end. Widen the struct, or let an SDK repack it.",
    ];
  if (classes.some((one) => one === "layout differs" || one === "cosmo smaller"))
    return [
      "Declare it again with Cosmopolitan's layout before you read its fields, or let an SDK repack it.",
    ];
  return [];
}
