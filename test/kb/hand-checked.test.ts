import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/kb/load.ts";
import type { Host } from "../../src/model/host.ts";
import type { HostValue } from "../../src/model/knowledge.ts";

/**
 * Rows that a person read in Cosmopolitan 4.0.2's own files: libc/sysv/consts.sh and the headers for constants,
 * the C and assembly files for functions, libc/**.h against the libc crate for structs. The data may change only
 * together with a second look at the source.
 */
const KB = loadKnowledge("4.0.2");
const X = "absent";
const BSD: readonly Host[] = ["freebsd-x64", "openbsd-x64", "netbsd-x64"];
const MAC: readonly Host[] = ["macos-arm64", "macos-x64"];
const NOT_LINUX: readonly Host[] = [...MAC, "windows-x64", ...BSD];

/** linux x64, linux arm64, macos arm64, macos x64, windows, freebsd, openbsd, netbsd. */
type Values = readonly [
  HostValue,
  HostValue,
  HostValue,
  HostValue,
  HostValue,
  HostValue,
  HostValue,
  HostValue,
];

const CONSTANTS: readonly (readonly [name: string, cls: string, values: Values])[] = [
  ["EAGAIN", "differs", [11, 11, 35, 35, 10035, 35, 35, 35]],
  ["EWOULDBLOCK", "differs", [11, 11, 35, 35, 10035, 35, 35, 35]],
  ["EDEADLK", "differs", [35, 35, 11, 11, 1131, 11, 11, 11]],
  ["EINTR", "differs", [4, 4, 4, 4, 10004, 4, 4, 4]],
  ["ENOSYS", "differs", [38, 38, 78, 78, 1, 78, 78, 78]],
  ["ENOTSUP", "differs", [95, 95, 45, 45, 10045, 45, 91, 86]],
  ["EDOTDOT", "absent", [73, 73, X, X, X, X, X, X]],
  ["O_APPEND", "differs", [0x400, 0x400, 8, 8, 0x400, 8, 8, 8]],
  [
    "O_CLOEXEC",
    "differs",
    [0x80000, 0x80000, 0x1000000, 0x1000000, 0x80000, 0x100000, 0x10000, 0x400000],
  ],
  ["O_NONBLOCK", "differs", [0x800, 0x800, 4, 4, 0x800, 4, 4, 4]],
  ["O_DIRECT", "differs", [0x4000, 0x10000, X, X, 0x4000, 0x10000, X, 0x80000]],
  ["O_TMPFILE", "absent", [0x410000, 0x404000, X, X, X, X, X, X]],
  ["O_NOATIME", "absent", [0x40000, 0x40000, X, X, X, X, X, X]],
  ["O_RDWR", "same", [2, 2, 2, 2, 2, 2, 2, 2]],
  ["SIGHUP", "same", [1, 1, 1, 1, 1, 1, 1, 1]],
  ["SIGBUS", "differs", [7, 7, 10, 10, 7, 10, 10, 10]],
  ["SIGUSR1", "differs", [10, 10, 30, 30, 10, 30, 30, 30]],
  ["SIGSTKFLT", "absent", [16, 16, X, X, X, X, X, X]],
  ["SIG_BLOCK", "differs", [0, 0, 1, 1, 0, 1, 1, 1]],
  ["MADV_DONTNEED", "absent", [4, 4, 4, 4, X, 4, 4, 4]],
  ["MADV_FREE", "differs", [8, 8, 5, 5, 8, 5, 6, 6]],
  ["MAP_ANONYMOUS", "differs", [0x20, 0x20, 0x1000, 0x1000, 0x20, 0x1000, 0x1000, 0x1000]],
  ["MAP_NORESERVE", "differs", [0x4000, 0x4000, 0x40, 0x40, X, X, X, 0x40]],
  ["AT_FDCWD", "differs", [-100, -100, -2, -2, -100, -100, -100, -100]],
  ["AT_SYMLINK_NOFOLLOW", "differs", [0x100, 0x100, 0x20, 0x20, 0x100, 0x200, 2, 0x200]],
  ["F_SETLK", "differs", [6, 6, 8, 8, 6, 12, 8, 8]],
  ["F_DUPFD_CLOEXEC", "differs", [0x406, 0x406, 67, 67, 0x406, 17, 10, 12]],
  [
    "SOCK_CLOEXEC",
    "differs",
    [0x80000, 0x80000, 0x80000, 0x80000, 0x80000, 0x10000000, 0x8000, 0x10000000],
  ],
  ["SOL_SOCKET", "differs", [1, 1, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff]],
  ["SO_REUSEADDR", "differs", [2, 2, 4, 4, -5, 4, 4, 4]],
  ["SO_REUSEPORT", "differs", [15, 15, 512, 512, X, 512, 512, 512]],
  ["SO_RCVTIMEO", "differs", [20, 20, 0x1006, 0x1006, 0x1006, 0x1006, 0x1006, 0x100c]],
  ["AF_INET6", "differs", [10, 10, 30, 30, 23, 28, 24, 24]],
  [
    "MSG_NOSIGNAL",
    "differs",
    [0x4000, 0x4000, 0x80000, 0x80000, 0x10000000, 0x20000, 0x400, 0x400],
  ],
  ["TCP_NODELAY", "same", [1, 1, 1, 1, 1, 1, 1, 1]],
  ["TCP_KEEPIDLE", "differs", [4, 4, X, X, 3, 0x100, X, 3]],
  ["IPV6_V6ONLY", "differs", [26, 26, 27, 27, 27, 27, 27, 27]],
  ["IP_MTU_DISCOVER", "absent", [null, null, X, X, X, X, X, X]],
  [
    "FIONBIO",
    "differs",
    [0x5421, 0x5421, 0x8004667e, 0x8004667e, 0x8004667e, 0x8004667e, 0x8004667e, 0x8004667e],
  ],
  [
    "TCGETS",
    "differs",
    [0x5401, 0x5401, 0x40487413, 0x40487413, 0x5401, 0x402c7413, 0x402c7413, 0x402c7413],
  ],
  ["CLOCK_MONOTONIC", "differs", [1, 1, 8, 8, 1, 5, 5, 3]],
  ["CLOCK_REALTIME_COARSE", "differs", [5, 5, 0, 0, 2, 10, 0, 0]],
  ["RLIMIT_NOFILE", "differs", [7, 7, 8, 8, X, 8, 8, 8]],
  ["POLLIN", "differs", [1, 1, 1, 1, 0x300, 1, 1, 1]],
  ["LIO_READ", "differs", [X, X, 1, 1, X, 2, X, 2]],
  ["SYS_write", "absent", [X, X, X, X, X, X, X, X]],
  ["NLM_F_REQUEST", "unknown", [null, null, null, null, null, null, null, null]],
];

describe("constants", () => {
  it.each(CONSTANTS)("%s is %s", (name, cls, values) => {
    const row = KB.constants[name];
    expect(row?.class).toBe(cls);
    expect(Object.values(row?.hosts ?? {})).toEqual(values);
  });

  it("keeps at least forty", () => expect(CONSTANTS.length).toBeGreaterThanOrEqual(40));
});

/** Numbers that are valid on a host and mean something else: worse than a refused call. */
const MEANS: readonly (readonly [name: string, hosts: readonly Host[], other: string])[] = [
  ["O_APPEND", [...MAC, ...BSD], "O_TRUNC"],
  ["EAGAIN", [...MAC, ...BSD], "EDEADLK"],
  ["EDEADLK", [...MAC, ...BSD], "EAGAIN"],
  ["IP_MTU_DISCOVER", NOT_LINUX, "IP_MULTICAST_TTL"],
  ["IPV6_V6ONLY", MAC, "IPV6_CHECKSUM"],
  ["O_NONBLOCK", [...MAC, ...BSD], "O_EXCL"],
  ["O_TMPFILE", ["windows-x64"], "O_DIRECTORY"],
  ["SO_ERROR", NOT_LINUX.filter((host) => host !== "windows-x64"), "SO_REUSEADDR"],
  ["SIGUSR1", [...MAC, ...BSD], "SIGBUS"],
  ["PTHREAD_MUTEX_RECURSIVE", ["linux-x64", "linux-arm64", ...NOT_LINUX], "PTHREAD_MUTEX_NORMAL"],
  ["SYS_write", ["linux-x64", "macos-x64", "windows-x64", ...BSD], "SYS_gettid"],
];

it.each(MEANS)("%s means something else on %s", (name, hosts, other) => {
  const means = KB.constants[name]?.means ?? {};
  for (const host of hosts) expect(means[host], host).toBe(other);
});

it.each(["ENOENT", "O_RDONLY", "SIGHUP", "TCP_NODELAY"])("%s means nothing else", (name) => {
  expect(KB.constants[name]?.means).toBeUndefined();
});

const NEVER: readonly Host[] = [];
const FUNCTIONS: readonly (readonly [
  name: string,
  status: string,
  unavailable: readonly Host[],
  symbol?: string,
])[] = [
  ["read", "ok", NEVER],
  ["fork", "ok", NEVER],
  ["memmove", "ok", NEVER],
  ["CMSG_DATA", "ok", NEVER],
  ["strerror_r", "ok", NEVER],
  ["stat64", "ok", NEVER, "stat"],
  ["open64", "ok", NEVER, "open"],
  ["mmap64", "ok", NEVER, "mmap"],
  ["__xpg_strerror_r", "other-contract", NEVER],
  ["syscall", "other-contract", NEVER],
  ["SIGRTMAX", "missing", NEVER, "__libc_current_sigrtmax"],
  ["SIGRTMIN", "missing", NEVER, "__libc_current_sigrtmin"],
  ["sscanf", "missing", NEVER, "__isoc99_sscanf"],
  ["dladdr", "missing", NEVER],
  ["waitid", "missing", ["windows-x64", ...BSD]],
  ["getxattr", "missing", ["windows-x64", "freebsd-x64", "openbsd-x64"]],
  ["mkfifo", "missing", ["windows-x64"]],
  ["eventfd", "missing", NOT_LINUX],
  ["epoll_create1", "missing", NOT_LINUX],
  ["epoll_wait", "missing", NOT_LINUX],
  ["inotify_init1", "missing", NOT_LINUX],
  ["timerfd_create", "missing", NOT_LINUX],
  ["signalfd", "missing", NOT_LINUX],
  ["statx", "missing", NOT_LINUX],
  ["prctl", "ok", NOT_LINUX],
  ["memfd_create", "ok", NOT_LINUX],
  ["splice", "ok", NOT_LINUX],
  ["copy_file_range", "ok", [...MAC, "windows-x64", "openbsd-x64", "netbsd-x64"]],
  ["sendfile", "ok", ["openbsd-x64", "netbsd-x64"]],
  ["posix_fadvise", "ok", [...MAC, "openbsd-x64"]],
  ["posix_openpt", "ok", ["windows-x64"]],
  ["chown", "ok", ["windows-x64"]],
  ["sched_yield", "ok", NEVER],
];

describe("functions", () => {
  const cases = FUNCTIONS.map(([name, status, unavailable, symbol]) => ({
    name,
    status,
    unavailable,
    symbol,
  }));
  it.each(cases)("$name is $status", ({ name, status, unavailable, symbol }) => {
    const row = KB.functions[name];
    expect(row?.status).toBe(status);
    expect([...(row?.unavailable ?? [])].sort()).toEqual([...unavailable].sort());
    expect(row?.symbol).toBe(symbol);
  });

  it("keeps at least thirty", () => expect(FUNCTIONS.length).toBeGreaterThanOrEqual(30));
});

const STRUCTS: readonly (readonly [
  name: string,
  x86: string,
  arm: string,
  libc: number | null,
  cosmo: number,
])[] = [
  ["stat", "same", "cosmo larger", 144, 144],
  ["utsname", "cosmo larger", "cosmo larger", 390, 900],
  ["statfs", "cosmo larger", "cosmo larger", 120, 144],
  ["pthread_attr_t", "cosmo larger", "cosmo larger", 56, 64],
  ["sem_t", "cosmo larger", "cosmo larger", 32, 256],
  ["sigaction", "cosmo smaller", "cosmo smaller", 152, 32],
  ["sigset_t", "cosmo smaller", "cosmo smaller", 128, 8],
  ["termios", "cosmo smaller", "cosmo smaller", 60, 44],
  ["rusage", "cosmo smaller", "cosmo smaller", 272, 144],
  ["msghdr", "layout differs", "layout differs", 56, 56],
  ["lconv", "layout differs", "layout differs", 96, 96],
  ["timespec", "same", "same", 16, 16],
  ["iovec", "same", "same", 16, 16],
  ["pollfd", "same", "same", 8, 8],
  ["sockaddr_in6", "same", "same", 28, 28],
  ["dirent", "same", "same", 280, 280],
  ["pthread_mutex_t", "same", "same", 40, 40],
  ["fpos_t", "unknown", "unknown", null, 8],
];

describe("structs", () => {
  it.each(STRUCTS)("%s", (name, x86, arm, libc, cosmo) => {
    const row = KB.structs[name];
    expect([row?.x86_64.class, row?.aarch64.class]).toEqual([x86, arm]);
    expect([row?.x86_64.libc, row?.x86_64.cosmo]).toEqual([libc, cosmo]);
  });

  it("says which field of stat stands elsewhere on aarch64", () => {
    expect(KB.structs["stat"]?.aarch64).toMatchObject({
      libc: 128,
      cosmo: 144,
      moved: { st_mode: [16, 24], st_nlink: [20, 16] },
    });
  });

  it("keeps at least fifteen", () => expect(STRUCTS.length).toBeGreaterThanOrEqual(15));
});

describe("master", () => {
  const master = loadKnowledge("master");
  it.each(["EAGAIN", "ENOSYS", "O_CLOEXEC", "O_APPEND", "SIGBUS", "MADV_DONTNEED"])(
    "%s is Linux's number there",
    (name) => expect(master.constants[name]?.class).toBe("same"),
  );
  it.each(["SOL_SOCKET", "AF_INET6", "CLOCK_MONOTONIC", "FIONBIO", "MSG_NOSIGNAL"])(
    "%s still differs there",
    (name) => expect(master.constants[name]?.class).toBe("differs"),
  );
});

describe("system calls", () => {
  it("are told by the kernel's own numbers", () =>
    expect(KB.syscalls["SYS_write"]).toMatchObject({
      libc: { x86_64: 1, aarch64: 64 },
      hosts: { "freebsd-x64": 4, "windows-x64": X },
      answered: false,
    }));
  it("has three that syscall() answers", () =>
    expect(
      Object.entries(KB.syscalls)
        .filter(([, row]) => row.answered)
        .map(([name]) => name)
        .sort(),
    ).toEqual(["SYS_getcpu", "SYS_getrandom", "SYS_gettid"]));
});
