import type { CfgAtom } from "../../model/workspace.ts";

/** What a `[target.'…']` table is about to be compared with: a triple and its cfgs. */
export interface Platform {
  readonly triple: string;
  readonly cfgs: readonly CfgAtom[];
}

const OPERATING_SYSTEMS: Readonly<Record<string, readonly [os: string, family: string]>> = {
  linux: ["linux", "unix"],
  android: ["android", "unix"],
  darwin: ["macos", "unix"],
  windows: ["windows", "windows"],
  freebsd: ["freebsd", "unix"],
  netbsd: ["netbsd", "unix"],
  openbsd: ["openbsd", "unix"],
};

const ARCHITECTURES: Readonly<Record<string, string>> = {
  i586: "x86",
  i686: "x86",
  armv7: "arm",
  riscv64gc: "riscv64",
  powerpc64le: "powerpc64",
};
const NARROW = new Set(["x86", "arm", "mips", "powerpc"]);

const FEATURES: Readonly<Record<string, readonly string[]>> = {
  x86_64: ["fxsr", "sse", "sse2"],
  aarch64: ["neon"],
};
const ATOMICS: Readonly<Record<string, readonly string[]>> = {
  x86_64: ["8", "16", "32", "64", "ptr"],
  aarch64: ["8", "16", "32", "64", "128", "ptr"],
};

/** A triple with the cfgs that rustc sets for it, and those that the build adds. */
export function platformOf(triple: string, extra: readonly CfgAtom[] = []): Platform {
  const parts = triple.split("-");
  const given = parts[0] ?? "";
  const arch = ARCHITECTURES[given] ?? given;
  const system = parts.slice(1).findLast((part) => part in OPERATING_SYSTEMS);
  const [os, family] = OPERATING_SYSTEMS[system ?? ""] ?? ["none", undefined];
  const last = parts.at(-1) ?? "";
  const cfgs: CfgAtom[] = [
    { name: "target_arch", value: arch },
    { name: "target_os", value: os },
    {
      name: "target_env",
      value: last === system ? "" : (/^(gnu|musl|msvc|uclibc|ohos|sgx)/.exec(last)?.[1] ?? ""),
    },
    {
      name: "target_vendor",
      value: parts.length > 3 || system === "darwin" ? (parts[1] ?? "unknown") : "unknown",
    },
    { name: "target_pointer_width", value: NARROW.has(arch) ? "32" : "64" },
    {
      name: "target_endian",
      value: /^(powerpc64$|s390x|sparc|mips64?$)/.test(given) ? "big" : "little",
    },
    { name: "target_abi", value: "" },
    { name: "panic", value: "unwind" },
    // NOTE: cargo asks rustc about a debug build, whatever is going to be built.
    { name: "debug_assertions" },
    ...(FEATURES[arch] ?? []).map((value) => ({ name: "target_feature", value })),
    ...(ATOMICS[arch] ?? ["8", "16", "32", "ptr"]).map((value) => ({
      name: "target_has_atomic",
      value,
    })),
    ...extra,
  ];
  if (last === "musl") cfgs.push({ name: "target_feature", value: "crt-static" });
  if (family) cfgs.push({ name: "target_family", value: family }, { name: family });
  return { triple, cfgs };
}

/** The machine that builds, as far as Node knows it. */
export function hostPlatform(): Platform {
  const arch = process.arch === "arm64" ? "aarch64" : "x86_64";
  const systems: Partial<Record<NodeJS.Platform, string>> = {
    darwin: "apple-darwin",
    win32: "pc-windows-msvc",
    freebsd: "unknown-freebsd",
  };
  return platformOf(`${arch}-${systems[process.platform] ?? "unknown-linux-gnu"}`);
}

/** Whether the key of a `[target.'…']` table, a triple or a `cfg(…)`, holds. Nonsense does not hold. */
export function holds(key: string, platform: Platform): boolean {
  const cfg = /^cfg\((.*)\)$/s.exec(key.trim());
  if (!cfg) return key === platform.triple;
  const tokens = (cfg[1] ?? "").match(/"[^"]*"|[\w-]+|[(),=]/g) ?? [];
  const cursor = { tokens, at: 0, depth: 0, isTooDeep: false };
  return evaluate(cursor, platform.cfgs) && !cursor.isTooDeep;
}

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
  isTooDeep: boolean;
}

/** More is made to exhaust the stack, and holds nowhere. */
const MOST_NESTED = 200;

function evaluate(cursor: Cursor, cfgs: readonly CfgAtom[]): boolean {
  if (cursor.depth > MOST_NESTED) {
    cursor.isTooDeep = true;
    cursor.at = cursor.tokens.length;
  }
  const name = cursor.tokens[cursor.at++] ?? "";
  const next = cursor.tokens[cursor.at];
  if (next === "(") return combine(name, list(cursor, cfgs));
  if (next === "=") {
    const value = (cursor.tokens[cursor.at + 1] ?? "").replace(/^"|"$/g, "");
    cursor.at += 2;
    return cfgs.some((cfg) => cfg.name === name && cfg.value === value);
  }
  return name === "true" || cfgs.some((cfg) => cfg.name === name && cfg.value === undefined);
}

function list(cursor: Cursor, cfgs: readonly CfgAtom[]): readonly boolean[] {
  const values: boolean[] = [];
  cursor.at++;
  cursor.depth++;
  while (cursor.at < cursor.tokens.length && cursor.tokens[cursor.at] !== ")") {
    values.push(evaluate(cursor, cfgs));
    if (cursor.tokens[cursor.at] === ",") cursor.at++;
  }
  cursor.at++;
  cursor.depth--;
  return values;
}

function combine(operator: string, values: readonly boolean[]): boolean {
  if (operator === "all") return values.every(Boolean);
  if (operator === "any") return values.some(Boolean);
  return operator === "not" && values[0] === false;
}
