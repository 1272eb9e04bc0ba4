import { HOSTS } from "../../src/model/host.ts";
import type { Host } from "../../src/model/host.ts";
import type { ConstantRow, FunctionRow, HostValue, Knowledge } from "../../src/model/knowledge.ts";
import type { Profile } from "../../src/model/profile.ts";
import type { Site } from "../../src/model/site.ts";
import type { Package, Workspace } from "../../src/model/workspace.ts";

export const NO_PROFILE: Profile = {
  id: "none",
  title: "plain std and libc",
  sources: [],
  cfgs: [],
  rustflags: [],
  constants: {},
  functions: {},
  structs: {},
  std: {},
  rules: {},
  crates: [],
  hosts: [],
};

export const OFF_LINUX = HOSTS.filter((host) => !host.startsWith("linux"));

/** A value per host, from values per system; what is not named is Linux's. */
export function values(
  linux: number,
  others: Record<string, HostValue> = {},
): Record<Host, HostValue> {
  const of = (host: Host): HostValue => {
    const key = Object.keys(others).find((prefix) => host.startsWith(prefix));
    return key === undefined ? linux : (others[key] ?? null);
  };
  return Object.fromEntries(HOSTS.map((host) => [host, of(host)])) as Record<Host, HostValue>;
}

export function constant(
  row: Partial<ConstantRow> & { linux: number; others?: Record<string, HostValue> },
): ConstantRow {
  const { linux, others, ...rest } = row;
  return {
    class: "differs",
    group: "errno",
    runtime: true,
    libc: { x86_64: linux, aarch64: linux },
    hosts: values(linux, others),
    ...rest,
  };
}

export function fn(row: Partial<FunctionRow> = {}): FunctionRow {
  return { status: "ok", unavailable: [], ...row };
}

/** A handful of rows, with numbers as cosmocc 4.0.2 has them. */
export function knowledge(more: Partial<Knowledge> = {}): Knowledge {
  return {
    release: "4.0.2",
    structs: {},
    syscalls: {},
    ...more,
    constants: {
      EAGAIN: constant({
        linux: 11,
        others: { macos: 35, windows: 10035, freebsd: 35, openbsd: 35, netbsd: 35 },
      }),
      ENOENT: constant({ class: "same", linux: 2 }),
      O_NONBLOCK: constant({
        group: "open",
        linux: 2048,
        others: { macos: 4, freebsd: 4, openbsd: 4, netbsd: 4 },
      }),
      AF_BLUETOOTH: constant({
        group: "af",
        class: "absent",
        linux: 31,
        others: { macos: "absent", windows: "absent" },
      }),
      MSG_NOSIGNAL: constant({
        group: "msg",
        linux: 16384,
        others: { macos: 524288, windows: 268435456 },
      }),
      O_APPEND: constant({
        group: "open",
        linux: 1024,
        others: { macos: 8, freebsd: 8, openbsd: 8, netbsd: 8 },
        means: { "macos-arm64": "O_TRUNC", "macos-x64": "O_TRUNC" },
      }),
      ...more.constants,
    },
    functions: {
      read: fn(),
      eventfd: fn({ status: "missing", unavailable: OFF_LINUX }),
      epoll_create1: fn({ status: "missing", unavailable: OFF_LINUX }),
      epoll_wait: fn({ status: "missing", unavailable: OFF_LINUX }),
      ...more.functions,
    },
  };
}

export function pack(name: string, more: Partial<Package> = {}): Package {
  const version = more.version ?? "1.0.0";
  return {
    id: `${name}@${version}`,
    name,
    version,
    source: "registry",
    dir: `/crates/${name}`,
    edition: "2021",
    targets: [],
    builds: [{ for: "target", arch: "x86_64", features: [] }],
    dependencies: [],
    ...more,
  };
}

export function workspace(...packages: readonly Package[]): Workspace {
  const list = packages.length === 0 ? [pack("sample")] : packages;
  return {
    root: "/crates",
    roots: [list[0]?.id ?? ""],
    members: [list[0]?.id ?? ""],
    packages: new Map(list.map((each) => [each.id, each])),
    approximate: false,
    notAnalysed: [],
  };
}

export function site(more: Partial<Site> & { name: string; line?: number }): Site {
  const { line = 1, ...rest } = more;
  return {
    kind: "libc-use",
    package: "sample@1.0.0",
    file: "src/lib.rs",
    span: { start: { line, column: 5 }, end: { line, column: 11 } },
    target: "lib",
    item: "",
    context: "unsafe-expr",
    symbolKind: "const",
    via: "path",
    active: "yes",
    archs: ["x86_64", "aarch64"],
    ...rest,
  };
}
