import { HOSTS, type Host } from "../model/host.ts";
import { readCfg } from "../syntax/cfg.ts";
import { evalCfg, NO, UNKNOWN, YES, type CfgWorld } from "../syntax/cfg-eval.ts";
import { lex } from "../syntax/lexer.ts";

/** The hosts that a predicate is answered otherwise for than for Linux, by a compiler that builds for them. */
export function hostsOfCfg(predicate: string): readonly Host[] {
  const tokens = lex(predicate);
  const { expr } = readCfg(tokens, 0, tokens.n);
  const compiled = evalCfg(expr, worldOf("linux"));
  return HOSTS.filter((host) => evalCfg(expr, worldOf(systemOf(host))) !== compiled);
}

/** `target_os` of a host. */
function systemOf(host: Host): string {
  return host.slice(0, host.indexOf("-"));
}

const VENDORS: Readonly<Record<string, string>> = { macos: "apple", windows: "pc" };

/** What tells systems apart; all else is as unknown on one as on the other. */
function worldOf(system: string): CfgWorld {
  const family = system === "windows" ? "windows" : "unix";
  const values: Readonly<Record<string, string>> = {
    target_os: system,
    target_family: family,
    target_vendor: VENDORS[system] ?? "unknown",
  };
  return (name, value) => {
    if (name === "unix" || name === "windows") return name === family ? YES : NO;
    if (!Object.hasOwn(values, name)) return UNKNOWN;
    return values[name] === value ? YES : NO;
  };
}
