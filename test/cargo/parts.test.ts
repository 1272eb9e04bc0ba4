import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { findCargo } from "../../src/cargo/command.ts";
import { readProjectConfig, sourceArguments } from "../../src/cargo/config.ts";
import { cargoFailure, LockfileOutdated } from "../../src/cargo/failures.ts";
import { addedCfgs, cfgsIn } from "../../src/cargo/flags.ts";
import { readLockfile } from "../../src/cargo/lockfile.ts";
import type { CargoOptions } from "../../src/cargo/options.ts";
import { requirementRange } from "../../src/cargo/own/catalog.ts";
import { holds, platformOf } from "../../src/cargo/own/platform.ts";
import { parseSpec } from "../../src/cargo/spec.ts";
import { temporaryFolder } from "./support.ts";

describe("configuration of a project", () => {
  test("only where sources come from is handed over", () => {
    const dir = temporaryFolder();
    mkdirSync(path.join(dir, ".cargo"));
    const text = `
[build]
rustc = "./evil"
rustc-wrapper = "./evil"
rustflags = ["--cfg", "tokio_unstable", "-Zcodegen-backend=./evil.so"]
[target.x86_64-unknown-linux-musl]
linker = "./evil"
runner = "./evil"
[alias]
build = "run --evil"
[env]
RUSTC_WRAPPER = { value = "./evil", force = true }
[net]
git-fetch-with-cli = true
[credential-alias]
x = ["./evil"]
[registries.mine]
index = "sparse+https://registry.example/"
credential-provider = ["./evil"]
token = "secret"
[source.crates-io]
replace-with = "near\\"by"
[source."near\\"by"]
directory = "vendor"
evil = "./evil"
`;
    writeFileSync(path.join(dir, ".cargo", "config.toml"), text);
    const config = readProjectConfig(dir, path.join(dir, "home"));
    expect(sourceArguments(config)).toEqual([
      "--config",
      'source."crates-io".replace-with="near\\"by"',
      "--config",
      `source."near\\"by".directory=${JSON.stringify(path.join(dir, "vendor"))}`,
      "--config",
      'registries."mine".index="sparse+https://registry.example/"',
    ]);
    expect(config.rustflags.flatMap(({ flags }) => cfgsIn(flags))).toEqual([
      { name: "tokio_unstable" },
    ]);
  });

  test("lists of flags are joined, a string stands alone", () => {
    const dir = temporaryFolder();
    const inner = path.join(dir, "inner");
    const cfgs = (outer: string, own: string): string[] => {
      for (const [at, flags] of [
        [dir, outer],
        [inner, own],
      ] as const) {
        mkdirSync(path.join(at, ".cargo"), { recursive: true });
        writeFileSync(path.join(at, ".cargo", "config.toml"), `[build]\nrustflags = ${flags}\n`);
      }
      const config = readProjectConfig(inner, path.join(dir, "home"));
      return addedCfgs(config, { env: {} } as CargoOptions).map(({ name }) => name);
    };
    expect(cfgs('["--cfg", "outer"]', '["--cfg", "inner"]')).toEqual(["outer", "inner"]);
    expect(cfgs('["--cfg", "outer"]', '"--cfg inner"')).toEqual(["inner"]);
  });

  test("the nearest file wins, key by key; paths count from its own folder", () => {
    const dir = temporaryFolder();
    const inner = path.join(dir, "inner");
    for (const at of [dir, inner]) mkdirSync(path.join(at, ".cargo"), { recursive: true });
    writeFileSync(
      path.join(dir, ".cargo", "config.toml"),
      '[source.crates-io]\nreplace-with = "far"\n[source.far]\ndirectory = "far"\n',
    );
    writeFileSync(
      path.join(inner, ".cargo", "config"),
      '[source.crates-io]\nreplace-with = "near"\n[source.near]\ndirectory = "near"\n',
    );
    const { sources } = readProjectConfig(inner, path.join(dir, "home"));
    expect(sources["crates-io"]).toEqual({ "replace-with": "near" });
    expect(sources["near"]).toEqual({ directory: path.join(inner, "near") });
    expect(sources["far"]).toEqual({ directory: path.join(dir, "far") });
  });
});

describe("the environment that cargo gets", () => {
  const program = (dir: string): string => {
    writeFileSync(path.join(dir, process.platform === "win32" ? "cargo.exe" : "cargo"), "", {
      mode: 0o755,
    });
    return dir;
  };

  test("no wrapper, no toolchain by path, not the project's folder", () => {
    const env = {
      PATH: program(temporaryFolder()),
      RUSTC_WRAPPER: "./evil",
      RUSTUP_TOOLCHAIN: "/project/evil",
      HTTPS_PROXY: "http://proxy",
    };
    const cargo = findCargo({ env, cacheDir: temporaryFolder() });
    expect(cargo?.cwd).toBe(path.parse(process.cwd()).root);
    expect(cargo?.env).toMatchObject({
      RUSTC_WRAPPER: "",
      RUSTC_WORKSPACE_WRAPPER: "",
      CARGO_BUILD_RUSTC_WRAPPER: "",
      HTTPS_PROXY: "http://proxy",
    });
    expect(cargo?.env).not.toHaveProperty("RUSTUP_TOOLCHAIN");
  });

  test("a toolchain that the user names is kept", () => {
    const cargo = findCargo({
      env: { PATH: program(temporaryFolder()), RUSTUP_TOOLCHAIN: "1.80.0" },
      cacheDir: temporaryFolder(),
    });
    expect(cargo?.env["RUSTUP_TOOLCHAIN"]).toBe("1.80.0");
  });

  test("a relative entry of PATH is not searched", () => {
    const relative = path.relative(process.cwd(), program(temporaryFolder()));
    expect(findCargo({ env: { PATH: ["", ".", relative].join(path.delimiter) } })).toBeUndefined();
  });

  test("added cfgs are all that is passed of compiler flags", () => {
    const cargo = findCargo({
      env: { PATH: program(temporaryFolder()), RUSTFLAGS: "-C linker=x" },
      cfgs: [{ name: "cosmo" }, { name: "kind", value: "a b" }],
    });
    expect(cargo?.env["CARGO_ENCODED_RUSTFLAGS"]?.split("\x1f")).toEqual([
      "--cfg",
      "cosmo",
      "--cfg",
      'kind="a b"',
    ]);
    expect(cargo?.env).not.toHaveProperty("RUSTFLAGS");
  });
});

describe("platforms", () => {
  const linux = platformOf("x86_64-unknown-linux-musl", [{ name: "cosmo" }]);
  test.each([
    ["cfg(unix)", true],
    ["cfg(windows)", false],
    ['cfg(target_os = "linux")', true],
    ['cfg(all(unix, not(target_env="gnu"),))', true],
    ['cfg(any(target_os = "macos", target_arch = "aarch64"))', false],
    ['cfg(not(any(target_os = "macos", target_arch = "aarch64")))', true],
    ['cfg(target_has_atomic = "ptr")', true],
    ["cfg(cosmo)", true],
    ["cfg(any())", false],
    ["cfg(all())", true],
    ["cfg(true)", true],
    ["x86_64-unknown-linux-musl", true],
    ["x86_64-unknown-linux-gnu", false],
    ["cfg(", false],
    ["cfg(any(all(unix)", true],
  ])("%s is %s", (key, expected) => {
    expect(holds(key, linux)).toBe(expected);
  });

  test("what is nested without end holds nowhere", () => {
    const deep = `cfg(${"not(".repeat(20_001)}unix${")".repeat(20_001)})`;
    expect([holds(deep, linux), holds(deep.replace("not(", "any("), linux)]).toEqual([
      false,
      false,
    ]);
  });

  test.each([
    [
      "aarch64-apple-darwin",
      'cfg(all(target_os = "macos", target_vendor = "apple", target_env = ""))',
    ],
    ["x86_64-pc-windows-msvc", 'cfg(all(windows, target_env = "msvc", target_vendor = "pc"))'],
    ["i686-unknown-linux-gnu", 'cfg(all(target_arch = "x86", target_pointer_width = "32"))'],
    [
      "aarch64-linux-android",
      'cfg(all(target_os = "android", target_env = "", not(target_os = "linux")))',
    ],
  ])("%s", (triple, key) => {
    expect(holds(key, platformOf(triple))).toBe(true);
  });
});

test.each([
  [
    "registry+https://github.com/rust-lang/crates.io-index#libc@0.2.186",
    ["libc", "0.2.186", "registry"],
  ],
  ["path+file:///home/me/my-app#0.1.0", ["my-app", "0.1.0", "path"]],
  ["path+file:///home/me/dir#name@0.1.0", ["name", "0.1.0", "path"]],
  ["git+https://example.org/thing.git?rev=abc#1.0.0", ["thing", "1.0.0", "git"]],
  ["git+ssh://git@example.org/thing#inner@1.0.0+build.5", ["inner", "1.0.0+build.5", "git"]],
  [
    "libc 0.2.150 (registry+https://github.com/rust-lang/crates.io-index)",
    ["libc", "0.2.150", "registry"],
  ],
])("package id %s", (id, [name, version, source]) => {
  expect(parseSpec(id)).toMatchObject({ name, version, source });
});

test.each([
  ["1.2", "^1.2"],
  ["=1.2.3", "=1.2.3"],
  [">=1, <2", ">=1 <2"],
  ["1.*", "1.*"],
  [undefined, "*"],
])("requirement %s is %s", (requirement, range) => {
  expect(requirementRange(requirement)).toBe(range);
});

test("the first format of Cargo.lock keeps checksums apart", () => {
  const file = path.join(temporaryFolder(), "Cargo.lock");
  writeFileSync(
    file,
    '[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+x"\n\n[metadata]\n"checksum a 1.0.0 (registry+x)" = "abc"\n',
  );
  expect(readLockfile(file)).toEqual([
    { name: "a", version: "1.0.0", source: "registry+x", checksum: "abc", dependencies: [] },
  ]);
});

describe("what cargo says when it fails", () => {
  const failed = (stderr: string) => cargoFailure({ stdout: "", stderr, code: 101 });

  test("first error and last cause, in one line, with what to do", () => {
    const stderr =
      "warning: x\nerror: failed to get `a` as a dependency\n\nCaused by:\n  failed to load source\n\nCaused by:\n  Could not resolve host: index.crates.io\n";
    expect(failed(stderr)).toMatchObject({
      name: "InputError",
      message:
        "cargo says: failed to get `a` as a dependency: Could not resolve host: index.crates.io",
      hint: expect.stringContaining("network"),
    });
  });

  test("a lockfile that would change is no mistake yet", () => {
    expect(
      failed(
        "error: the lock file /x/Cargo.lock needs to be updated but --locked was passed to prevent this\n",
      ),
    ).toBeInstanceOf(LockfileOutdated);
  });

  test("a lockfile of a newer cargo is told with what to do", () => {
    const said =
      "error: failed to parse lock file at: /x/Cargo.lock\n\nCaused by:\n  lock file version 4 requires `-Znext-lockfile-bump`\n";
    expect(failed(said)).toMatchObject({
      name: "InputError",
      hint: expect.stringContaining("update Rust"),
    });
  });

  test("a cargo that was ended is no mistake of the user", () => {
    expect(cargoFailure({ stdout: "", stderr: "", code: null, ended: "timeout" })).toMatchObject({
      name: "IncompleteError",
    });
  });
});
