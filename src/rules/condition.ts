import type { ConstantRow, FunctionRow, StructRow } from "../model/knowledge.ts";
import type { Site } from "../model/site.ts";
import { row } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { expandHosts } from "./hosts.ts";
import { compileMatcher } from "./matcher.ts";
import type { Test } from "./matcher.ts";
import type { Condition, Kb } from "./schema.ts";

/** Tests of what hangs on a site's name alone: asked once per name. */
export type NameTest = (name: string, ground: Ground) => boolean;
export type SiteTest = (site: Site, ground: Ground) => boolean;

export interface CompiledCondition {
  readonly name: NameTest;
  readonly site: SiteTest;
  /** The names of a site that knowledge was asked about and that fit. */
  readonly names: (site: Site, ground: Ground) => readonly string[];
}

/** Makes tests of a condition, apart by how often they have to be asked. */
export function compileCondition(condition: Condition): CompiledCondition {
  const nameTests = nameTestsOf(condition);
  const siteTests = siteTestsOf(condition);
  const subjects = subjectsOf(condition.kb);
  const known = condition.kb === undefined ? undefined : kbTest(condition.kb);
  return {
    name: (name, ground) => nameTests.every((test) => test(name, ground)),
    site: (site, ground) => siteTests.every((test) => test(site, ground)),
    names: (site, ground) =>
      subjects === undefined || known === undefined
        ? [site.name]
        : subjects(site).filter((name) => known(name, ground)),
  };
}

/** A condition as one test, for variants, taxa and nested parts. */
export function compileWhole(condition: Condition): SiteTest {
  const compiled = compileCondition(condition);
  const kinds = condition.kind === undefined ? undefined : compileMatcher(condition.kind);
  return (site, ground) =>
    (kinds === undefined || kinds(site.kind)) &&
    compiled.name(site.name, ground) &&
    compiled.site(site, ground);
}

function nameTestsOf(condition: Condition): NameTest[] {
  const tests: NameTest[] = [];
  if (condition.name !== undefined) {
    const test = compileMatcher(condition.name);
    tests.push((name) => test(name));
  }
  if (condition.kb !== undefined && subjectsOf(condition.kb) === undefined) {
    tests.push(kbTest(condition.kb));
  }
  if (condition.profile !== undefined) tests.push(profileTest(condition.profile));
  if (condition.any !== undefined) {
    // no part can fit a site whose name fits none: most sites need not be looked at
    const parts = condition.any.map(nameTestsOf);
    tests.push((name, ground) => parts.some((part) => part.every((test) => test(name, ground))));
  }
  return tests;
}

function siteTestsOf(condition: Condition): SiteTest[] {
  return [...fieldTests(condition), ...packageTests(condition), ...nestedTests(condition)];
}

function fieldTests(condition: Condition): SiteTest[] {
  const tests: SiteTest[] = [];
  for (const field of ["symbolKind", "via", "active", "target", "file", "item"] as const) {
    const matcher = condition[field];
    if (matcher === undefined) continue;
    const test = compileMatcher(matcher);
    tests.push((site) => test(site[field]));
  }
  if (condition.context !== undefined) {
    const test = compileMatcher(condition.context);
    tests.push((site) => test(site.context));
  }
  for (const [key, matcher] of Object.entries(condition.data ?? {})) {
    const test = compileMatcher(matcher);
    tests.push((site) => test(site.data === undefined ? undefined : row(site.data, key)));
  }
  const subjects = subjectsOf(condition.kb);
  if (subjects !== undefined && condition.kb !== undefined) {
    const test = kbTest(condition.kb);
    tests.push((site, ground) => subjects(site).some((name) => test(name, ground)));
  }
  return tests;
}

function packageTests(condition: Condition): SiteTest[] {
  const tests: SiteTest[] = [];
  for (const field of ["name", "version", "source"] as const) {
    const matcher = condition.package?.[field];
    if (matcher === undefined) continue;
    const test: Test = compileMatcher(matcher);
    tests.push((site, ground) => test(ground.packages.get(site.package)?.[field]));
  }
  return tests;
}

function nestedTests(condition: Condition): SiteTest[] {
  const tests: SiteTest[] = [];
  if (condition.any !== undefined) {
    const parts = condition.any.map(compileWhole);
    tests.push((site, ground) => parts.some((part) => part(site, ground)));
  }
  if (condition.not !== undefined) {
    const part = compileWhole(condition.not);
    tests.push((site, ground) => !part(site, ground));
  }
  return tests;
}

/** Where the names come from that knowledge is asked about, when they are not the site's own. */
function subjectsOf(kb: Kb | undefined): ((site: Site) => readonly string[]) | undefined {
  const fixed = kb?.names;
  if (fixed !== undefined) return () => fixed;
  const of = kb?.of;
  if (of?.startsWith("data.") !== true) return undefined;
  const field = of.slice("data.".length);
  return (site) => listOf(site, field);
}

function listOf(site: Site, field: string): readonly string[] {
  const value = site.data === undefined ? undefined : row(site.data, field);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [String(value)];
}

function profileTest(wanted: NonNullable<Condition["profile"]>): NameTest {
  const id = wanted.id === undefined ? undefined : compileMatcher(wanted.id);
  return (name, { profile }) => {
    if (id !== undefined && !id(profile.id)) return false;
    const { constant, function: fn, std } = wanted;
    if (std !== undefined && (row(profile.std, std.key) !== undefined) !== std.repaired)
      return false;
    if (constant !== undefined && row(profile.constants, name)?.mode !== constant.mode)
      return false;
    return fn === undefined || (row(profile.functions, name) !== undefined) === fn.repaired;
  };
}

function kbTest(kb: Kb): NameTest {
  const constant = kb.constant === undefined ? undefined : constantTest(kb.constant);
  const fn = kb.function === undefined ? undefined : functionTest(kb.function);
  const struct = kb.struct === undefined ? undefined : structTest(kb.struct);
  const everywhere = kb.syscall?.everywhere;
  return (name, { knowledge }) => {
    if (constant !== undefined && !constant(row(knowledge.constants, name))) return false;
    if (fn !== undefined && !fn(row(knowledge.functions, name))) return false;
    if (struct !== undefined && !struct(row(knowledge.structs, name))) return false;
    if (everywhere === undefined) return true;
    const found = row(knowledge.syscalls, name);
    return (
      found !== undefined &&
      Object.values(found.hosts).every((value) => typeof value === "number") === everywhere
    );
  };
}

function constantTest(
  wanted: NonNullable<Kb["constant"]>,
): (constant: ConstantRow | undefined) => boolean {
  const classes = compileMatcher(wanted.class ?? { present: true });
  const group = compileMatcher(wanted.group ?? { present: true });
  return (constant) => {
    if (constant === undefined || !classes(constant.class) || !group(constant.group)) return false;
    if (wanted.runtime !== undefined && constant.runtime !== wanted.runtime) return false;
    return (
      wanted.means === undefined || Object.keys(constant.means ?? {}).length > 0 === wanted.means
    );
  };
}

function functionTest(
  wanted: NonNullable<Kb["function"]>,
): (fn: FunctionRow | undefined) => boolean {
  const status = compileMatcher(wanted.status ?? { present: true });
  const { unavailable } = wanted;
  const hosts =
    unavailable === undefined || typeof unavailable === "boolean"
      ? undefined
      : expandHosts(unavailable);
  return (fn) => {
    if (fn === undefined || !status(fn.status)) return false;
    if (hosts !== undefined) return hosts.every((host) => fn.unavailable.includes(host));
    return unavailable === undefined || fn.unavailable.length > 0 === unavailable;
  };
}

function structTest(wanted: NonNullable<Kb["struct"]>): (struct: StructRow | undefined) => boolean {
  const classes = compileMatcher(wanted.class);
  return (struct) => {
    if (struct === undefined) return false;
    if (!classes(struct.x86_64.class) && !classes(struct.aarch64.class)) return false;
    const moved = [struct.x86_64, struct.aarch64].some(
      (layout) => Object.keys(layout.moved ?? {}).length > 0,
    );
    return wanted.moved === undefined || moved === wanted.moved;
  };
}
