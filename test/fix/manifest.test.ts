import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/fix/edits.ts";
import { manifestFixesFor } from "../../src/fix/index.ts";
import { turnOnFeature } from "../../src/fix/manifest.ts";
import { staticIn } from "./support.ts";

const hint = {
  apply: "turn-on-feature" as const,
  file: "Cargo.toml",
  span: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
  symbol: "calls-linux",
};

function on(text: string, mayAdd = false): string | undefined {
  const wanted = { hint, crate: "rustix", version: "1.1.5", feature: "use-libc", mayAdd };
  const planned = turnOnFeature(text, wanted);
  return planned && applyEdits(text, planned.edits);
}

describe("a feature is turned on in Cargo.toml and nothing else of it changes", () => {
  it.each([
    [
      "a version",
      '[dependencies]\nrustix = "1" # why\nb = "1"\n',
      '[dependencies]\nrustix = { version = "1", features = ["use-libc"] } # why\nb = "1"\n',
    ],
    [
      "a table in a line",
      '[dependencies]\nrustix = {version="1"}\n',
      '[dependencies]\nrustix = {version="1", features = ["use-libc"]}\n',
    ],
    [
      "features",
      '[dependencies]\nrustix = { features = ["fs"], version = "1" }\n',
      '[dependencies]\nrustix = { features = ["fs", "use-libc"], version = "1" }\n',
    ],
    [
      "no features yet",
      "[dependencies.rustix]\nfeatures = [ ]\n",
      '[dependencies.rustix]\nfeatures = ["use-libc" ]\n',
    ],
    [
      "features on lines",
      '[dependencies.rustix]\nfeatures = [\n  "fs", # a\n  "net", # b\n]\n',
      '[dependencies.rustix]\nfeatures = [\n  "fs", # a\n  "net", "use-libc", # b\n]\n',
    ],
    [
      "a table",
      '[dependencies.rustix]\nversion = "1"\n\n[features]\n',
      '[dependencies.rustix]\nversion = "1"\nfeatures = ["use-libc"]\n\n[features]\n',
    ],
    [
      "dots",
      "[dependencies]\r\nrustix.workspace = true\r\n",
      '[dependencies]\r\nrustix.workspace = true\r\nrustix.features = ["use-libc"]\r\n',
    ],
    [
      "dots from the top",
      'dependencies.rustix.version = "1"\n',
      'dependencies.rustix.version = "1"\ndependencies.rustix.features = ["use-libc"]\n',
    ],
    [
      "a target",
      "[target.'cfg(unix)'.dependencies]\nrustix = \"1\"\n",
      '[target.\'cfg(unix)\'.dependencies]\nrustix = { version = "1", features = ["use-libc"] }\n',
    ],
    [
      "another name",
      '[dependencies]\nrustix = "9"\nr = { package = "rustix", version = "1" }\n',
      '[dependencies]\nrustix = "9"\nr = { package = "rustix", version = "1", features = ["use-libc"] }\n',
    ],
    [
      "a byte order mark",
      '\ufeff[dependencies]\nrustix = "1"\n',
      '\ufeff[dependencies]\nrustix = { version = "1", features = ["use-libc"] }\n',
    ],
  ])("%s", (_, before, after) => {
    expect(on(before)).toBe(after);
    parse(after.replace(/^\ufeff/u, ""));
    expect(on(after), "it is on").toBeUndefined();
  });

  it.each([
    [
      "behind the others",
      '[dependencies]\na = "1"\n\n[features]\n',
      '[dependencies]\na = "1"\nrustix = { version = "1", default-features = false, features = ["use-libc"] }\n\n[features]\n',
    ],
    [
      "in an empty table",
      "[dependencies]\n[features]\n",
      '[dependencies]\nrustix = { version = "1", default-features = false, features = ["use-libc"] }\n[features]\n',
    ],
    [
      "in a table of its own",
      '[package]\nname = "a"',
      '[package]\nname = "a"\n\n[dependencies]\nrustix = { version = "1", default-features = false, features = ["use-libc"] }\n',
    ],
  ])("a dependency that is not there is added %s, when it may be", (_, before, after) => {
    expect(on(before)).toBeUndefined();
    expect(on(before, true)).toBe(after);
    parse(after);
  });

  it("is not touched where it is something else, or broken", () => {
    expect(
      on('[dev-dependencies]\nrustix = "1"\n[build-dependencies]\nrustix = "1"\n'),
    ).toBeUndefined();
    expect(on("[dependencies\nrustix = 1")).toBeUndefined();
    expect(on('[package.metadata.dependencies]\nrustix = "1"\n')).toBeUndefined();
  });
});

it("is offered for a result by lines and columns of the manifest", () => {
  const about = staticIn("fn a() -> i32 { libc::SOL_SOCKET }");
  const result = {
    ...about,
    package: { name: "rustix", version: "0.38.44" },
    fixes: [{ ...hint, text: "use-libc" }],
  };
  const text = '[package]\nname = "🦀"\n[dependencies]\na = "1"\n';
  expect(manifestFixesFor(result, text)).toEqual([]);
  expect(manifestFixesFor(result, text, { mayAdd: true })).toEqual([
    {
      title: "turn on the feature `use-libc` of rustix",
      kind: "unsafe",
      does: "repair",
      edits: [
        {
          start: { line: 4, column: 8 },
          end: { line: 4, column: 8 },
          newText:
            '\nrustix = { version = "0.38", default-features = false, features = ["use-libc"] }',
        },
      ],
    },
  ]);
  expect(manifestFixesFor(about, text, { mayAdd: true })).toEqual([]);
});
