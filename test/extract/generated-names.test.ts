import fc from "fast-check";
import { expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract.ts";
import { addTemplatePaths } from "../../src/extract/generated-names.ts";

function pathsIn(template: string): readonly string[] {
  const paths = new Set<string>();
  addTemplatePaths(extractFile(`fn expand() -> T { quote!(${template}) }`), paths);
  return [...paths];
}

test.each([
  ["::libc::EAGAIN", ["::libc::EAGAIN"]],
  ["nix::errno::Errno::from_raw(e)", ["nix::errno::Errno::from_raw", "e"]],
  ["::", []],
  ["#a::b", ["?::b"]],
  ["a::", ["a", "?::a"]],
])("the paths in the template `%s`", (template, expected) => {
  expect(pathsIn(template)).toEqual(expected);
});

test("ends on any tokens, above all on separators without a name", () => {
  const token = fc.constantFrom("::", "#", ".", "a", "self", ",", "()", "<", ">", "'a", "1");
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      expect(pathsIn(tokens.join(" ")).length).toBeLessThanOrEqual(3 * tokens.length);
    }),
  );
});
