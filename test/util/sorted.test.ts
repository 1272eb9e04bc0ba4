import { describe, expect, test } from "vitest";
import { isRising, lastAtMost } from "../../src/util/sorted.ts";

describe("isRising", () => {
  test.each([
    [[], 0, true],
    [[], 1, false],
    [[0, 2, 2, 5], 5, true],
    [[0, 2, 1, 5], 5, false],
    [[-1, 5], 5, false],
    [[0, 6], 5, false],
  ])("%j up to %i: %s", (numbers, last, answer) => {
    expect(isRising(numbers, last)).toBe(answer);
  });

  test("looks at one column of a table", () => {
    const table = [9, 1, 7, 1, 0, 4];
    expect(isRising(table, 4, { from: 1, step: 2 })).toBe(true);
    expect(isRising(table, 0, { from: 0, step: 2 })).toBe(false);
  });
});

describe("lastAtMost", () => {
  const numbers = [0, 4, 4, 9, 20];

  test.each([
    [-1, 0],
    [0, 0],
    [3, 0],
    [4, 2],
    [19, 3],
    [99, 4],
  ])("of %i is entry %i", (value, index) => {
    expect(lastAtMost(numbers, value)).toBe(index);
  });

  test("looks at the first ones only when told so", () => {
    expect(lastAtMost(numbers, 99, 3)).toBe(2);
    expect(lastAtMost(numbers, 99, 0)).toBe(0);
  });
});
