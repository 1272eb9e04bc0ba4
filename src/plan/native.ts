import type { PlanNative, PlanOwn, PlanShim } from "../model/plan.ts";
import type { Result } from "../model/result.ts";
import { isOpen, tagged, type PlanCrate, type PlanGround } from "./ground.ts";
import { compareHarm } from "./harm.ts";
import { sitesOf } from "./sites.ts";

/** Packages whose C or assembly cosmocc has to build. */
export function nativeOf(ground: PlanGround, crates: readonly PlanCrate[]): PlanNative[] {
  const isNative = tagged(ground, "native");
  return crates.flatMap(({ pkg, open }) => {
    const messages = open
      .filter(isNative)
      .toSorted(compareHarm)
      .map(({ message }) => message);
    if (messages.length === 0) return [];
    return [{ crate: pkg.name, version: pkg.version, messages: [...new Set(messages)] }];
  });
}

/** Own code that has to be changed, place by place. */
export function ownWork(ground: PlanGround, crates: readonly PlanCrate[]): PlanOwn[] {
  const apart = ["native", "linking", "std"].map((tag) => tagged(ground, tag));
  const isPorting = tagged(ground, "porting");
  return crates.flatMap(({ pkg, row, open, results }) => {
    if (!row.own) return [];
    const compile = results.filter((result) => isPorting(result) && isOpen(result));
    const rest = open.filter((result) => !apart.some((isOf) => isOf(result)));
    const sites = sitesOf(ground, [...compile, ...rest]);
    return sites.length === 0 ? [] : [{ package: pkg.name, sites }];
  });
}

/** C functions that the link asks for: what std needs under this profile, and what the program's crates call. */
export function shimsOf(ground: PlanGround, crates: readonly PlanCrate[]): PlanShim[] {
  const isLinking = tagged(ground, "linking");
  const isCall = tagged(ground, "calls");
  const isKnown = (name: string): boolean =>
    ground.profile.shims?.some((shim) => shim.name === name) === true;
  const called = new Map<string, Result[]>();
  for (const result of crates.flatMap(({ results }) => results)) {
    const links = isLinking(result) && result.harm === "build" && result.level !== "note";
    if (!links && !(isCall(result) && isKnown(result.symbol))) continue;
    called.set(result.symbol, [...(called.get(result.symbol) ?? []), result]);
  }
  const known = ground.profile.shims ?? [];
  const std = known.filter(({ needed }) => needed === "std");
  const used = [...called].filter(([name]) => !std.some((shim) => shim.name === name));
  return [
    ...std.map((shim) => ({ ...shim, hosts: ground.hosts })),
    ...used.map(([name, results]) => shimFor(ground, name, results)).toSorted(byName),
  ];
}

function shimFor(ground: PlanGround, name: string, results: readonly Result[]): PlanShim {
  const hosts = ground.hosts.filter((host) => results.some((each) => each.hosts.includes(host)));
  const known = ground.profile.shims?.find((shim) => shim.name === name);
  if (known !== undefined) return { ...known, hosts };
  const repair = Object.hasOwn(ground.profile.functions, name)
    ? ground.profile.functions[name]
    : undefined;
  if (repair !== undefined) {
    const { how, source } = repair;
    return { name, brought: "sdk", needed: "use", how, source, hosts };
  }
  const [first] = results;
  const how = first?.help ?? first?.message ?? "";
  return { name, brought: "nobody", needed: "use", how, source: first?.rule ?? "", hosts };
}

function byName(a: PlanShim, b: PlanShim): number {
  return a.name < b.name ? -1 : 1;
}
