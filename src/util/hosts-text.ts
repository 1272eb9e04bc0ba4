import { HOSTS } from "../model/host.ts";
import type { Host } from "../model/host.ts";

const SYSTEMS: readonly (readonly [prefix: string, label: string])[] = [
  ["linux", "Linux"],
  ["macos", "macOS"],
  ["windows", "Windows"],
  ["freebsd", "FreeBSD"],
  ["openbsd", "OpenBSD"],
  ["netbsd", "NetBSD"],
];

/** Hosts as a person says them: `Linux, macOS arm64, Windows`; the architecture only where it makes a difference. */
export function hostsText(hosts: readonly Host[]): string {
  const given = new Set(hosts);
  if (HOSTS.every((host) => given.has(host))) return "every host";
  const names = SYSTEMS.flatMap(([prefix, label]) => {
    const all = HOSTS.filter((host) => host.startsWith(`${prefix}-`));
    const some = all.filter((host) => given.has(host));
    if (some.length === all.length) return [label];
    return some.map((host) => `${label} ${host.slice(prefix.length + 1)}`);
  });
  return names.join(", ");
}

/** `11 on Linux; 35 on macOS; absent on Windows`: equal values share a part, in the order of the hosts. */
export function valuesText(
  values: Readonly<Record<Host, number | "absent" | null>>,
  hosts: readonly Host[] = HOSTS,
): string {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    const value = values[host];
    const text = value === null ? "unknown" : String(value);
    groups.set(text, [...(groups.get(text) ?? []), host]);
  }
  return [...groups].map(([text, group]) => `${text} on ${hostsText(group)}`).join("; ");
}
