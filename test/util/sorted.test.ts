import { describe, expect, test } from "vitest";
import { lastAtMost } from "../../src/util/sorted.ts";

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
