// NOTE: every command reads its switches, and most need no schema besides: zod would take longer to load than they do.

/** Says whether a value is of a kind. */
export type Guard<T> = (value: unknown) => value is T;
/** What a switch is, given what the parser read; `undefined` when it was not given. */
export type Narrow<T> = (value: unknown) => T;

export const isText: Guard<string> = (value) => typeof value === "string";
export const isSwitch: Guard<boolean> = (value) => typeof value === "boolean";
export const isNumber: Guard<number> = (value) => typeof value === "number";

/** One of some words. */
export function oneOf<const T extends string>(words: readonly T[]): Guard<T> {
  return (value): value is T => words.some((word) => word === value);
}

/** A switch that may be absent. */
export function maybe<T>(is: Guard<T>): Narrow<T | undefined> {
  return (value) => (value === undefined ? undefined : sure(value, is));
}

/** A switch with a value for when it is absent. */
export function given<T>(is: Guard<T>, otherwise: T): Narrow<T> {
  return (value) => (value === undefined ? otherwise : sure(value, is));
}

/** A switch whose values add up. */
export function each<T>(is: Guard<T>): Narrow<T[]> {
  return (value) => {
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw new TypeError("a list is expected of a switch that repeats");
    return value.map((one: unknown) => sure(one, is));
  };
}

/** NOTE: the parser has refused what a user may get wrong: what comes here is a slip in our table. */
function sure<T>(value: unknown, is: Guard<T>): T {
  if (is(value)) return value;
  throw new TypeError(`a switch cannot be ${JSON.stringify(value)}`);
}
