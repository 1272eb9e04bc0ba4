import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import type { CrateSwitch } from "../../src/model/crate.ts";
import { defaultsEdit, featureEdit, ownManifest } from "../../src/plan/edits.ts";
import { pack } from "../rules/support.ts";

const USE_LIBC = { id: "use-libc", kind: "feature", feature: "use-libc" } as unknown as CrateSwitch;

test.each([
  [`rustix = "1"`, `rustix = { version = "1", features = ["use-libc"] }`],
  [
    `rustix = { path = "../rustix", features = ["fs"] }`,
    `rustix = { path = "../rustix", features = ["fs", "use-libc"] }`,
  ],
  [
    `sys = { git = "https://example.org/r", branch = "ape", package = "rustix" }`,
    `sys = { git = "https://example.org/r", branch = "ape", package = "rustix", features = ["use-libc"] }`,
  ],
  [
    `rustix = { version = "1", default-features = false, optional = true }`,
    `rustix = { version = "1", default-features = false, optional = true, features = ["use-libc"] }`,
  ],
])("a feature beside all that %s says", async (line, to) => {
  await using fixture = await createFixture({
    "Cargo.toml": `[package]\nname = "app"\nversion = "1.0.0"\n\n[dependencies]\n${line}\n`,
  });
  const manifest = ownManifest(pack("app", { source: "path", dir: fixture.path }))!;
  const edit = featureEdit(manifest, { name: "rustix", version: "1.1.5" }, USE_LIBC);
  expect(edit).toMatchObject({ place: { file: "Cargo.toml", line: 6 }, to });
});

test("features go from `default` under either name", async () => {
  await using fixture = await createFixture({
    "Cargo.toml": `[package]\nname = "app"\nversion = "1.0.0"\n\n[features]\ndefault = ["a", "b", "c"]\na = []\nb = []\nc = []\n`,
  });
  const manifest = ownManifest(pack("app", { source: "path", dir: fixture.path }))!;
  expect(defaultsEdit(manifest, ["app/a", "c", "other/b"])).toMatchObject([
    { from: `default = ["a", "b", "c"]`, to: `default = ["b"]` },
  ]);
});
