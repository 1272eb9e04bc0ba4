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

/** Texts of sets of hosts, by the hosts' bits: every place of every result asks. */
const known = new Map<number, string>();

/** Hosts as a person says them: `Linux, macOS arm64, Windows`; the architecture only where it makes a difference. */
export function hostsText(hosts: readonly Host[]): string {
  let bits = 0;
  for (const host of hosts) bits |= 1 << HOSTS.indexOf(host);
  const before = known.get(bits);
  if (before !== undefined) return before;
  const text = textOf(new Set(hosts));
  known.set(bits, text);
  return text;
}

function textOf(given: ReadonlySet<Host>): string {
  if (HOSTS.every((host) => given.has(host))) return "every host";
  const names = SYSTEMS.flatMap(([prefix, label]) => {
    const all = HOSTS.filter((host) => host.startsWith(`${prefix}-`));
    const some = all.filter((host) => given.has(host));
    if (some.length === all.length) return [label];
    return some.map((host) => `${label} ${host.slice(prefix.length + 1)}`);
  });
  return names.join(", ");
}

type Values = Readonly<Record<Host, number | "absent" | null>>;

/** Texts of rows of knowledge, which many places ask about. */
const everywhere = new WeakMap<Values, string>();

/** `11 on Linux; 35 on macOS; absent on Windows`: equal values share a part, in the order of the hosts. */
export function valuesText(values: Values, hosts: readonly Host[] = HOSTS): string {
  if (hosts !== HOSTS) return groupsText(values, hosts);
  const before = everywhere.get(values);
  if (before !== undefined) return before;
  const text = groupsText(values, hosts);
  everywhere.set(values, text);
  return text;
}

function groupsText(values: Values, hosts: readonly Host[]): string {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    const value = values[host];
    const text = value === null ? "unknown" : String(value);
    groups.set(text, [...(groups.get(text) ?? []), host]);
  }
  return [...groups].map(([text, group]) => `${text} on ${hostsText(group)}`).join("; ");
}
