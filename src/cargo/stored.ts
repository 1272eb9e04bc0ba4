import { ARCHS } from "../model/host.ts";
import { EDITIONS, PACKAGE_SOURCES, TARGET_KINDS } from "../model/workspace.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { isRecord } from "../util/values.ts";

/** NOTE: counts up when the form or the meaning of what is stored changes. */
export const FORM = 1;

/** An exact answer of cargo's, as it is kept. */
export interface Stored extends Pick<Workspace, "root" | "roots" | "members" | "lockfile"> {
  readonly form: typeof FORM;
  readonly packages: readonly Package[];
}

type Test = (value: unknown) => boolean;

/**
 * Whether a value has the form of an answer.
 *
 * NOTE: by hand, since every run that asks cargo nothing begins with it: loading zod for this alone takes longer than
 * all that cargo's part of such a run takes besides.
 */
export function isStored(value: unknown): value is Stored {
  return fits(value, {
    form: (form) => form === FORM,
    root: isString,
    roots: listOf(isString),
    members: listOf(isString),
    packages: listOf(isPackage),
    lockfile: isStringOrAbsent,
  });
}

function isPackage(value: unknown): boolean {
  return fits(value, {
    id: isString,
    name: isString,
    version: isString,
    source: oneOf(PACKAGE_SOURCES),
    dir: isString,
    edition: oneOf(EDITIONS),
    links: isStringOrAbsent,
    checksum: isStringOrAbsent,
    repository: isStringOrAbsent,
    targets: listOf(isTarget),
    builds: listOf(isBuild),
    dependencies: listOf(isDependency),
  });
}

function isTarget(value: unknown): boolean {
  return fits(value, {
    kind: oneOf(TARGET_KINDS),
    name: isString,
    crateName: isString,
    root: isString,
    edition: oneOf(EDITIONS),
  });
}

function isBuild(value: unknown): boolean {
  return fits(value, {
    for: oneOf(["target", "host"]),
    arch: oneOf(ARCHS),
    features: listOf(isString),
  });
}

function isDependency(value: unknown): boolean {
  return fits(value, {
    package: isString,
    externName: isString,
    kind: oneOf(["normal", "build"]),
    archs: listOf(oneOf(ARCHS)),
    features: listOf(isString),
  });
}

function fits(value: unknown, tests: Readonly<Record<string, Test>>): boolean {
  return isRecord(value) && Object.entries(tests).every(([name, test]) => test(value[name]));
}

function isString(value: unknown): boolean {
  return typeof value === "string";
}

function isStringOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function listOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every((each) => test(each));
}

function oneOf(values: readonly unknown[]): Test {
  return (value) => values.includes(value);
}
