import { expect, test } from "vitest";
import { fitsGlob } from "../../src/util/glob.ts";

test.each([
  ["src/lib.rs", "src/lib.rs", true],
  ["src/*.rs", "src/lib.rs", true],
  ["src/*.rs", "src/sys/unix.rs", false],
  ["src/**", "src/sys/unix.rs", true],
  ["**/unix.rs", "src/sys/unix.rs", true],
  ["**/unix.rs", "unix.rs", true],
  ["**/sys/**/*.rs", "src/sys/a/b/c.rs", true],
  ["**/sys/**/*.rs", "src/sis/a/b/c.rs", false],
  ["src/?.rs", "src/a.rs", true],
  ["src/?.rs", "src/ab.rs", false],
  ["a*b*c", "axxbxxc", true],
  ["a*b*c", "axxbxx", false],
  ["", "", true],
])("%s over %s: %s", (pattern, path, fits) => {
  expect(fitsGlob(pattern, path)).toBe(fits);
});

test("a hostile pattern takes no time", () => {
  const before = performance.now();
  expect(fitsGlob("*a".repeat(5000), "a".repeat(20_000) + "b")).toBe(false);
  expect(fitsGlob("**/a/".repeat(2000) + "b", "a/".repeat(4000) + "c")).toBe(false);
  expect(performance.now() - before).toBeLessThan(3000);
});
