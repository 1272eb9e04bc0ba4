import semver from "semver";

/** A value of a site's field. */
export type Value = string | number | boolean | readonly string[] | undefined;

export interface Conditions {
  readonly is?: string | number | boolean | undefined;
  readonly in?: readonly (string | number | boolean)[] | undefined;
  readonly prefix?: string | readonly string[] | undefined;
  readonly suffix?: string | readonly string[] | undefined;
  readonly contains?: string | readonly string[] | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly semver?: string | undefined;
  readonly present?: boolean | undefined;
  readonly not?: Matcher | undefined;
}
/** How a rule speaks about one value: the value, a list of values, or named conditions that must all hold. */
export type Matcher =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | Conditions;

export type Test = (value: Value) => boolean;

/** Makes a test of a matcher. A list as a value fits when one of its elements does; `not` means none of them. */
export function compileMatcher(matcher: Matcher): Test {
  const one = compileScalar(matcher);
  if (typeof matcher === "object" && !isList(matcher) && matcher.not !== undefined) {
    const { not, ...rest } = matcher;
    const never = compileMatcher(not);
    const others = Object.keys(rest).length === 0 ? undefined : compileMatcher(rest);
    return (value) => !never(value) && (others === undefined || others(value));
  }
  return (value) => (isListValue(value) ? value.some(one) : one(value));
}

function isListValue(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

/** The values that a matcher can take, when it is a closed list: what an index can look up. */
export function exactValues(matcher: Matcher): readonly string[] | undefined {
  if (typeof matcher !== "object") return [String(matcher)];
  if (isList(matcher)) return matcher.map(String);
  if (matcher.is !== undefined) return [String(matcher.is)];
  return matcher.in?.map(String);
}

type One = (value: string | number | boolean | undefined) => boolean;

function compileScalar(matcher: Matcher): One {
  if (typeof matcher !== "object") return (value) => value === matcher;
  if (isList(matcher)) {
    const set = new Set<unknown>(matcher);
    return (value) => set.has(value);
  }
  const tests = conditions(matcher);
  return (value) => tests.every((test) => test(value));
}

function conditions(given: Conditions): One[] {
  const tests: One[] = [];
  if (given.is !== undefined) tests.push((value) => value === given.is);
  if (given.in !== undefined) tests.push(compileScalar(given.in));
  if (given.prefix !== undefined)
    tests.push(textTest(given.prefix, (text, part) => text.startsWith(part)));
  if (given.suffix !== undefined)
    tests.push(textTest(given.suffix, (text, part) => text.endsWith(part)));
  if (given.contains !== undefined)
    tests.push(textTest(given.contains, (text, part) => text.includes(part)));
  const { min, max, semver: range, present, not } = given;
  if (min !== undefined) tests.push((value) => Number(value) >= min);
  if (max !== undefined) tests.push((value) => Number(value) <= max);
  if (range !== undefined)
    tests.push((value) => semver.satisfies(String(value), range, { includePrerelease: true }));
  if (present !== undefined) tests.push((value) => (value !== undefined) === present);
  if (not !== undefined) {
    const inner = compileScalar(not);
    tests.push((value) => !inner(value));
  }
  return tests;
}

function textTest(
  parts: string | readonly string[],
  fits: (text: string, part: string) => boolean,
): One {
  const list = typeof parts === "string" ? [parts] : parts;
  return (value) => typeof value === "string" && list.some((part) => fits(value, part));
}

function isList(matcher: Matcher): matcher is readonly (string | number | boolean)[] {
  return Array.isArray(matcher);
}
