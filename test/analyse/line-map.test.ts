import fc from "fast-check";
import { expect, test } from "vitest";
import { lineMap } from "../../src/analyse/line-map.ts";

test("lines around an edit are found again", () => {
  const map = lineMap("a\nb\nc\nd\n", "a\nnew\nb\nchanged\nd\n");
  expect([1, 2, 3, 4].map((line) => map.now(line))).toEqual([1, 3, undefined, 5]);
  expect([1, 2, 3, 4, 5].map((line) => map.before(line))).toEqual([1, undefined, 2, undefined, 4]);
});

test("a line that stands there twice is not guessed at", () => {
  const map = lineMap("x\n}\nfn a\n}\ny", "z\n}\nfn b\n}\n}\nw");
  expect(map.now(2)).toBeUndefined();
});

test("whatever the texts are, a pair has the same text, both ways, in order", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "d", ""), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (earlier, later) => {
      const map = lineMap(earlier.join("\n"), later.join("\n"));
      let last = 0;
      earlier.forEach((line, index) => {
        const now = map.now(index + 1);
        if (now === undefined) return;
        expect(later[now - 1]).toBe(line);
        expect(map.before(now)).toBe(index + 1);
        expect(now).toBeGreaterThan(last);
        last = now;
      });
    }),
  );
});
