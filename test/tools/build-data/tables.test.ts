import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../../../src/kb/load.ts";
import { cSignature, disagreement, readTypedefs } from "../../../tools/build-data/abi.ts";
import { scanAssembly, scanC } from "../../../tools/build-data/c-scan.ts";
import { parseConstsTable, parseNumber } from "../../../tools/build-data/consts-table.ts";
import { readCalls } from "../../../tools/build-data/host-calls.ts";
import { hostValues } from "../../../tools/build-data/sentinels.ts";
import { answeredCalls } from "../../../tools/build-data/syscalls.ts";
import { parseSyscallTable } from "../../../tools/build-data/syscalls-table.ts";

const HEAD =
  "#\tgroup\tname\t\tGNU/Systemd\tGNU/Systemd (Aarch64)\tXNU's Not UNIX!\tMacOS (Arm64)\tFreeBSD\tOpenBSD\tNetBSD\tThe New Technology\tCommentary";
const row = (group: string, name: string, values: readonly (string | number)[]): string =>
  `syscon\t${group}\t${name}\t\t${values.join("\t\t")}\t\t# ignored\tto the end`;

/** Rows as the table of 4.0.2 has them, in its own order of columns. */
const SAMPLE = [
  HEAD,
  row("errno", "EAGAIN", [11, 11, 35, 35, 35, 35, 35, 10035]),
  row("junkerr", "EDOTDOT", [73, 73, -1, -1, -1, -1, -1, -1]),
  row("open", "O_DIRECT", [
    "0x4000",
    "0x10000",
    "0xffffffff",
    "0xffffffff",
    "0x10000",
    "0xffffffff",
    "0x80000",
    "0x4000",
  ]),
  row("madv", "MADV_DONTNEED", [4, 4, 4, 4, 4, 4, 4, 127]),
  row("sig", "SIGSTKFLT", [16, 16, 0, 0, 0, 0, 0, 0]),
  row("clock", "CLOCK_REALTIME_COARSE", [5, 5, 0, 0, 10, 0, 0, 2]),
  row("at", "AT_FDCWD", [-100, -100, -2, -2, -100, -100, -100, -100]),
  row("rlimit", "RLIMIT_NOFILE", [7, 7, 8, 8, 8, 8, 8, 127]),
  row("tcp", "TCP_KEEPIDLE", [4, 4, 0, 0, "0x100", 0, 3, 3]),
  row("so", "SO_REUSEADDR", [2, 2, 4, 4, 4, 4, 4, -5]),
].join("\n");

describe("consts.sh", () => {
  it("read again, says what the committed data says", () => {
    const known = loadKnowledge("4.0.2").constants;
    const rows = parseConstsTable(SAMPLE, "consts.sh");
    expect(rows).toHaveLength(10);
    for (const one of rows) {
      const hosts = Object.fromEntries(
        Object.entries(hostValues(one)).map(([host, value]) => [
          host,
          value === "absent" ? value : Number(value),
        ]),
      );
      expect(known[one.name]?.hosts, one.name).toEqual(hosts);
    }
  });

  it("refuses a column that it does not know", () => {
    const text = SAMPLE.replace("NetBSD", "Plan 9");
    expect(() => parseConstsTable(text, "consts.sh")).toThrow(
      'consts.sh:1: unknown column "Plan 9"',
    );
  });

  it("refuses a row with too few values", () => {
    expect(() => parseConstsTable(`${HEAD}\n${row("errno", "EIO", [5, 5])}`, "consts.sh")).toThrow(
      "consts.sh:2: EIO has 2 values for 8 columns",
    );
  });

  it("refuses a row before the first heading", () => {
    expect(() => parseConstsTable(row("errno", "EIO", [5]), "consts.sh")).toThrow(
      "before the first heading",
    );
  });

  it.each([
    ["0x10", 16n],
    ["-1", -1n],
    ["0b101", 5n],
    ["16+1", 17n],
    ["128*1024", 131072n],
  ])("reads %s", (text, value) => expect(parseNumber(text, "x:1")).toBe(value));

  it("refuses what is no number", () => expect(() => parseNumber("EAGAIN", "x:1")).toThrow("x:1"));
});

describe("syscalls.sh", () => {
  it("unpacks the numbers of the kernels", () => {
    const [dup] = parseSyscallTable(
      "scall\tsys_dup\t\t0x0290290292029020\t0x017\tglobl hidden # note",
      "s",
    );
    expect(dup?.numbers).toMatchObject({
      "linux-x64": 0x20,
      "linux-arm64": 0x17,
      "macos-x64": 0x029,
      "freebsd-x64": 0x29,
      "netbsd-x64": 0x29,
      "windows-x64": null,
    });
  });

  it("knows all ones as none, with the flag for cancellation taken off", () => {
    const [wait] = parseSyscallTable(
      "scall\tsys_epoll_wait\t0xfffffffffffff8e8\t0xfff\tglobl",
      "s",
    );
    expect(wait?.numbers).toMatchObject({
      "linux-x64": 0xe8,
      "linux-arm64": null,
      "macos-arm64": null,
      "openbsd-x64": null,
    });
  });

  it("refuses another packing", () =>
    expect(() => parseSyscallTable("scall\tsys_x\t0x12\t0x1", "s")).toThrow("s:1"));
});

describe("syscall()", () => {
  it("is closed when all else is ENOSYS", () => {
    const text =
      "switch (n) { default:\n errno = ENOSYS; return -1; case SYS_gettid: return gettid(); }";
    expect([...(answeredCalls(text) ?? [])]).toEqual(["SYS_gettid"]);
  });
  it("is open otherwise", () => expect(answeredCalls("return raw(n);")).toBeUndefined());
});

describe("definitions", () => {
  const names = (text: string): string[] => scanC(text, "/t").map((one) => one.name);

  it("finds functions, variables and aliases, not declarations nor static ones", () => {
    const text = [
      '# 1 "/t/libc/a.c"',
      "int declared(int);",
      "static int hidden(void) { return 1; }",
      "int plain(const char *a, ...) {",
      '  if (a) { return "}"[0]; }',
      "  return 0;",
      "}",
      'extern __typeof(plain) other __attribute__((__alias__("plain")));',
      '__asm__(".weak\\t" "weak" "\\n\\t" ".equ\\t" "weak" ", " "plain");',
      "int counter = 3;",
    ].join("\n");
    expect(names(text)).toEqual(["plain", "other", "weak", "counter"]);
    expect(scanC(text, "/t")[0]).toMatchObject({
      place: "libc/a.c:3",
      head: "int plain(const char *a, ...)",
    });
  });

  it("finds labels and aliases of assembly", () => {
    const found = scanAssembly(
      "memcpy:\n\tret\n\t.global memmove; .equ memmove,memcpy\n",
      "m.S",
    ).map((one) => one.name);
    expect(found).toEqual(expect.arrayContaining(["memcpy", "memmove"]));
  });
});

describe("contracts", () => {
  const typedefs = readTypedefs("typedef unsigned long size_t;\ntypedef int errno_t;\n");
  const c = (head: string): NonNullable<ReturnType<typeof cSignature>> =>
    cSignature(head, typedefs) as never;

  it("sees a pointer where a number is expected", () => {
    const rust = c("int f(int, char *, size_t)");
    expect(disagreement(rust, c("char *f(int a, char *b, size_t c)"))).toEqual({
      breaks: true,
      note: "returns a pointer, the libc crate says an integer of 4 bytes",
    });
  });

  it("takes a wider integer as a note only", () => {
    expect(disagreement(c("int f(unsigned int)"), c("int f(size_t micros)"))).toMatchObject({
      breaks: false,
    });
  });

  it("is content with equal registers", () => {
    expect(disagreement(c("errno_t f(void *)"), c("int f(size_t x)"))).toBeUndefined();
  });
});

it("reads who calls whom from assembly, without the compiler's own comments", () => {
  const text = 'f:\n# 1 "/somewhere/enosys.c"\n\tcall\tsys_x\n\tjmp\tg\nh:\n\tsyscall\n';
  const calls = readCalls(text);
  expect([...(calls.get("f") ?? [])]).toEqual(["sys_x", "g"]);
  expect([...(calls.get("h") ?? [])]).toEqual(["(system call)"]);
});
