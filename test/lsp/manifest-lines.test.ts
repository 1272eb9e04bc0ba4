import { expect, test } from "vitest";
import { dependencyLines } from "../../src/lsp/manifest-lines.ts";

test("a dependency is one line, however many keys it has", () => {
  const lines = `[dependencies]
foo.version = "1"
foo.features = ["a"]
foo.optional = true
bar = { version = "2", package = "other" }

[build-dependencies]
foo.version = "1"

[target.'cfg(unix)'.dependencies.baz]
version = "3"
features = ["b"]`.split("\n");
  const told = dependencyLines(lines).map(
    ({ key, name, kind, span }) => `${span.start.line}: ${kind} ${key} ${name}`,
  );
  expect(told).toEqual([
    "2: normal foo foo",
    "5: normal bar other",
    "8: build foo foo",
    "10: normal baz baz",
  ]);
});
