import type { CrateFact } from "../model/crate.ts";
import { archOf, HOSTS } from "../model/host.ts";
import type { Arch, Host } from "../model/host.ts";
import type { ConstantRow, Knowledge, StructRow } from "../model/knowledge.ts";
import { row } from "./ground.ts";
import { hostsOfCfg } from "./hosts-of-cfg.ts";
import type { HostName, HostsOf } from "./schema.ts";

/** The hosts that a group names. */
export function expandHosts(names: HostName | readonly HostName[]): readonly Host[] {
  if (typeof names === "string") return HOSTS.filter((host) => isIn(host, names));
  const known = expanded.get(names);
  if (known !== undefined) return known;
  const hosts = HOSTS.filter((host) => names.some((name) => isIn(host, name)));
  expanded.set(names, hosts);
  return hosts;
}

/** By the list of a rule, which is asked for at every place. */
const expanded = new WeakMap<readonly HostName[], readonly Host[]>();

function isIn(host: Host, name: HostName): boolean {
  if (name === "all") return true;
  if (name === "off-linux") return !host.startsWith("linux-");
  if (name === "bsd") return host.includes("bsd-");
  if (name === "arm64") return host.endsWith("-arm64");
  return host === name || host.startsWith(`${name}-`);
}

/** Where a name does harm, by what a rule says its hosts come from. */
export function hostsFor(options: {
  source: HostsOf;
  name: string;
  knowledge: Knowledge;
  fact?: CrateFact | undefined;
}): readonly Host[] {
  const { source, name, knowledge, fact } = options;
  switch (source) {
    case "constant":
      return constantHosts(row(knowledge.constants, name));
    case "errno":
      return errnoHosts(name, knowledge);
    case "means":
      return HOSTS.filter((host) => row(knowledge.constants, name)?.means?.[host] !== undefined);
    case "function":
      return row(knowledge.functions, name)?.unavailable ?? [];
    case "struct":
      return structHosts(row(knowledge.structs, name));
    case "syscall": {
      const found = row(knowledge.syscalls, name);
      return HOSTS.filter(
        (host) => !host.startsWith("linux-") && typeof found?.hosts[host] !== "number",
      );
    }
    case "cfg":
      return hostsOfCfg(name);
    case "crate":
      return fact === undefined || fact.hosts.length === 0 ? HOSTS : fact.hosts;
    default:
      return expandHosts(source);
  }
}

/** Hosts where a constant has another number than the libc crate compiles in; what is not known is not counted. */
export function constantHosts(constant: ConstantRow | undefined): readonly Host[] {
  if (constant === undefined) return [];
  return HOSTS.filter((host) => {
    const there = constant.hosts[host];
    const compiled = constant.libc[archOf(host)];
    return there !== null && compiled !== null && there !== compiled;
  });
}

const ERROR_GROUPS: ReadonlySet<string> = new Set(["errno", "compat", "junkerr"]);

/** Hosts that answer another number for an error, which is named or written as Linux's number. */
function errnoHosts(name: string, knowledge: Knowledge): readonly Host[] {
  if (!/^\d+$/u.test(name)) return constantHosts(row(knowledge.constants, name));
  const number = Number(name);
  const meant = Object.values(knowledge.constants).filter(
    ({ group, libc }) => ERROR_GROUPS.has(group) && libc.x86_64 === number,
  );
  return HOSTS.filter((host) => meant.some((constant) => constantHosts(constant).includes(host)));
}

const HARMLESS: ReadonlySet<string> = new Set(["same", "unknown"]);

function structHosts(struct: StructRow | undefined): readonly Host[] {
  if (struct === undefined) return [];
  return HOSTS.filter((host) => !HARMLESS.has(struct[archOf(host)].class));
}

/** Keeps the hosts that run code of these architectures. */
export function onArchs(hosts: readonly Host[], archs: readonly Arch[]): readonly Host[] {
  return hosts.filter((host) => archs.includes(archOf(host)));
}
