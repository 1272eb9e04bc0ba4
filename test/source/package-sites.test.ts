import { createFixture } from "fs-fixture";
import type { FileTree } from "fs-fixture";
import { describe, expect, test } from "vitest";
import type { Site } from "../../src/model/site.ts";
import type { Package } from "../../src/model/workspace.ts";
import type { SitesFound } from "../../src/source/manifest-sites.ts";
import { keySpan } from "../../src/source/toml-place.ts";
import { pack, workspace } from "../rules/support.ts";
import { packageSites } from "./support.ts";

const SCRIPT = {
  kind: "build-script",
  name: "build-script-build",
  crateName: "build_script_build",
  root: "build.rs",
  edition: "2021",
} as const;
const CC = pack("cc", { builds: [{ for: "host", arch: "x86_64", features: [] }] });

async function found(tree: FileTree, more: Partial<Package> = {}): Promise<SitesFound> {
  const fixture = await createFixture(tree);
  const owner = pack("sample", { dir: fixture.path, targets: [SCRIPT], ...more });
  const result = packageSites({ ...workspace(owner, CC), root: fixture.path });
  await fixture.rm();
  return result;
}

function told(sites: readonly Site[]): string[] {
  return sites.map(
    (site) => `${site.file}:${site.span.start.line}:${site.span.start.column} ${site.name}`,
  );
}

const MANIFEST = `[package]
name = "sample"
links = "z"

[build-dependencies]
cc = "1"
`;

describe("manifests", () => {
  test("give the package, links, and the build dependencies that cargo resolved", async () => {
    const dependencies = [
      { package: CC.id, externName: "cc", kind: "build", archs: ["x86_64"], features: [] },
    ] as const;
    const { sites } = await found({ "Cargo.toml": MANIFEST }, { links: "z", dependencies });
    expect(told(sites)).toEqual([
      "Cargo.toml:2:1 package",
      "Cargo.toml:3:1 links",
      "Cargo.toml:6:1 build-dependency=cc",
    ]);
  });

  test("that are missing are counted", async () => {
    const { notAnalysed } = await found({ "README.md": "" });
    expect(notAnalysed).toMatchObject([{ cause: "missing-file", file: "Cargo.toml" }]);
  });
});

describe("native files", () => {
  test("are one fact per language; other systems, other processors, tests and examples are left out", async () => {
    const { sites } = await found({
      "Cargo.toml": MANIFEST,
      "asm/sum-x86_64-elf.S": "sum: ret\n",
      "asm/sum-x86_64-macosx.S": "",
      "asm/switch_aarch64_armasm.asm": "",
      "asm/sum-armv8-linux64.S": "",
      "asm/sum-i386-elf.S": "",
      "c/sum.c": "int sum(void) { return add(1); }\n",
      "c/sum_test.c": "",
      "tests/all.c": "",
      "lib/libz.a": "",
      "lib/z.lib": "",
    });
    const native = sites.filter((site) => site.kind === "native-file").map((site) => site.data);
    expect(native).toEqual([
      {
        language: "assembly",
        count: 2,
        files: ["asm/sum-armv8-linux64.S", "asm/sum-x86_64-elf.S"],
      },
      { language: "c", count: 1, files: ["c/sum.c"] },
      { language: "object", count: 1, files: ["lib/libz.a"] },
      { language: "calls", calls: ["sum", "add"], count: 1, files: ["c/sum.c"] },
    ]);
  });

  test("tell guards on the system and macros asked about, not the linker's note", async () => {
    const { sites } = await found({
      "Cargo.toml": MANIFEST,
      "a.S": "#if defined(X) && \\\n  defined(__linux__)\nx: ret\n#endif\n",
      "b.S":
        'x: ret\n#if defined(__linux__) && defined(__ELF__)\n.section .note.GNU-stack,"",%progbits\n#endif\n',
      "c.h": "#pragma once\n#ifdef __linux__\n#endif\n#ifdef MSG_NOSIGNAL\n#endif\n",
    });
    const native = sites.filter((site) => site.kind === "native-file");
    expect(
      native.map((site) => [
        site.file,
        site.span.start.line,
        site.data?.["guard"] ?? site.data?.["macros"],
      ]),
    ).toEqual([
      ["a.S", 1, undefined],
      ["a.S", 1, "__linux__"],
      ["c.h", 2, "__linux__"],
      ["a.S", 1, ["X", "MSG_NOSIGNAL"]],
    ]);
  });

  test("of a package without a build script are of no use to it", async () => {
    const { sites } = await found({ "Cargo.toml": MANIFEST, "a.c": "" }, { targets: [] });
    expect(sites.filter((site) => site.kind === "native-file")).toEqual([]);
  });

  test("behind a link are not followed", async () => {
    const outside = await createFixture({ "secret.c": "int secret(void);" });
    const { sites } = await found({
      "Cargo.toml": MANIFEST,
      link: ({ symlink }) => symlink(outside.path),
    });
    await outside.rm();
    expect(sites.filter((site) => site.kind === "native-file")).toEqual([]);
  });
});

describe("settings", () => {
  test("of profiles and of cargo's configuration stand with the root package", async () => {
    const { sites } = await found({
      "Cargo.toml": `${MANIFEST}\n[profile.release]\nlto = true\ncodegen-units = 1\nopt-level = 3\n`,
      ".cargo/config.toml":
        '[build]\nrustflags = ["-C", "target-cpu=native", "-Ztls-model=local-exec"]\n\n' +
        '[target.aarch64-unknown-linux-musl]\nlinker = "aarch64-linux-gnu-gcc"\n',
    });
    expect(told(sites).slice(0, 5)).toEqual([
      "Cargo.toml:9:1 profile.release.lto=fat",
      "Cargo.toml:10:1 profile.release.codegen-units=1",
      ".cargo/config.toml:2:1 rustflag=-C target-cpu=native",
      ".cargo/config.toml:2:1 rustflag=-Z tls-model=local-exec",
      ".cargo/config.toml:5:1 linker=aarch64-unknown-linux-musl",
    ]);
  });

  test("of a target specification are told field by field", async () => {
    const spec = {
      "llvm-target": "x86_64-unknown-linux-musl",
      "target-pointer-width": "64",
      "late-link-args": { gcc: [] },
    };
    const { sites } = await found({
      "Cargo.toml": MANIFEST,
      "cosmo.json": JSON.stringify(spec, null, 1),
      "other.json": "{}",
    });
    const fields = sites.filter((site) => site.name.startsWith("target-spec"));
    expect(
      fields.map((site) => [
        site.name,
        site.span.start.line,
        site.data?.["type"],
        site.data?.["empty"],
      ]),
    ).toEqual([
      ["target-spec", 2, undefined, undefined],
      ["target-spec.llvm-target", 2, "string", false],
      ["target-spec.target-pointer-width", 3, "string", false],
      ["target-spec.late-link-args", 4, "object", true],
    ]);
  });

  test("that are broken are counted, and the rest goes on", async () => {
    const { sites, notAnalysed } = await found({
      "Cargo.toml": MANIFEST,
      ".cargo/config.toml": "[build\n",
    });
    expect(told(sites)).toEqual(["Cargo.toml:2:1 package"]);
    expect(notAnalysed).toMatchObject([{ cause: "syntax", file: ".cargo/config.toml" }]);
  });
});

test.each([
  ["[build-dependencies.cc]\nversion = 1\n", 1, 21],
  ["[target.'cfg(unix)'.build-dependencies]\ncc = 1\n", 2, 1],
  ['[dependencies]\ncc = 1\n[build-dependencies]\n"cc" = 1\n', 4, 2],
  ["[build-dependencies]\ncc-more = 1\ncc.version = 1\n", 3, 1],
  ["[dependencies]\ncc = 1\n", 1, 1],
])("a key is found in %j", (text, line, column) => {
  expect(keySpan({ text, table: "build-dependencies", key: "cc" }).start).toEqual({ line, column });
});
