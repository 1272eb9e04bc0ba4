import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { broken, Sandbox, tries } from "./invariants.ts";
import { mutants } from "./mutate.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const DEMO = path.join(ROOT, "fixtures/demo");
const text = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

const RUST = readdirSync(path.join(ROOT, "fixtures/extract"))
  .filter((name) => name.endsWith(".rs"))
  .map((name) => text(`fixtures/extract/${name}`));
const RUST_WORDS =
  `fn mod use impl trait const static match unsafe macro_rules! libc::EAGAIN libc::open( crate:: super:: self::
  #[cfg(unix)] #![cfg(not(unix))] #[cfg_attr( #[path="../../outside.rs"] include!("../../outside.rs"); cfg_if!{ asm!("syscall") extern"C"{
  r#" b" /* */ // 'a 'x' 0x_ 1.e raw_os_error() Some(11) => $x $( )* $crate`.split(/\s+/);

const boxes: Sandbox[] = [];
function sandbox(): Sandbox {
  const made = new Sandbox(DEMO);
  boxes.push(made);
  return made;
}
afterAll(() => boxes.forEach((box) => box.remove()));

/** Each kind of file of a project: which, what it is made of, the words of its language. */
const KINDS: readonly (readonly [
  file: string,
  texts: readonly string[],
  words: readonly string[],
])[] = [
  [
    "crates/echo-server/src/main.rs",
    [...RUST, text("fixtures/demo/crates/echo-server/src/main.rs")],
    RUST_WORDS,
  ],
  [
    "crates/fast-mix/build.rs",
    [text("fixtures/demo/crates/fast-mix/build.rs"), ...RUST],
    ['println!("cargo::rustc-cfg=x");', ...RUST_WORDS],
  ],
  [
    "crates/echo-server/Cargo.toml",
    ["echo-server", "fast-mix"].map((name) => text(`fixtures/demo/crates/${name}/Cargo.toml`)),
    [
      "[dependencies]",
      "[[bin]]",
      "path = ",
      "workspace = true",
      "optional = true",
      "[target.'cfg(unix)'.dependencies]",
      "[features]",
      "[lib]",
      "[patch.crates-io]",
      "dep:libc",
      "package = ",
    ],
  ],
  [
    "Cargo.toml",
    [text("fixtures/demo/Cargo.toml")],
    [
      "[package]",
      'members = ["**"]',
      'exclude = [".."]',
      "[workspace.dependencies]",
      "../*",
      "default-members",
    ],
  ],
  [
    "Cargo.lock",
    [text("fixtures/demo/Cargo.lock")],
    [
      "[[package]]",
      "name = ",
      "version = ",
      "dependencies = [",
      '"libc"',
      "checksum",
      "[[patch.unused]]",
      "version = 4",
    ],
  ],
  [
    ".cargo/config.toml",
    [
      text("fixtures/demo/.cargo/config.toml"),
      '[build]\nrustflags = ["--cfg", "a"]\n[target.\'cfg(unix)\']\nlinker = "x"\n',
    ],
    ["[source.", "replace-with", "directory = ", "[build]", "[env]", "include = "],
  ],
  [
    "ape-lint.toml",
    [
      'profile = "ape-rs"\nhosts = ["windows-x64", "linux-x64"]\nfail-on = "warning"\n[levels]\nruntime-constant = "note"\n[[ignore]]\nrule = "host-path"\ncrate = "libc@^0.2"\nreason = "known"\nuntil = "2030-01-01"\n',
    ],
    [
      "[[ignore]]",
      "reason = ",
      "until = ",
      "path = ",
      "**/*",
      "[levels]",
      '"off"',
      "baseline = ",
      "rules = ",
    ],
  ],
];

describe("whatever a file of a project holds, a run ends in order and writes nothing but what was asked for", () => {
  it.each(KINDS)("%s", { timeout: 3_600_000 }, async (file, texts, words) => {
    const box = sandbox();
    const check = fc.asyncProperty(mutants(texts, words), async (mutant) => {
      box.write({ [file]: mutant });
      expect(await broken(box, ["check", "."])).toEqual([]);
    });
    await fc.assert(check, tries(12));
  });
});

describe("whatever a file that is named on the command line holds, too", () => {
  const rule = text("rules/errno-literal/rule.yml");
  it("a rule of the user's own", { timeout: 3_600_000 }, async () => {
    const box = sandbox();
    const words = [
      "query:",
      "any:",
      "not:",
      "kind:",
      "{ prefix: [",
      "&a [*a, *a]",
      "*a",
      "<<: *a",
      "!!js/function",
      "- ",
      "hosts: windows",
      "when: {",
      "kb: {",
    ];
    const check = fc.asyncProperty(
      mutants([rule, text("rules/host-path/rule.yml")], words),
      async (mutant) => {
        box.write({ "mine/mine/rule.yml": mutant.replace(/^id: .*/m, "id: mine") });
        expect(await broken(box, ["check", ".", "--rules", "mine"])).toEqual([]);
      },
    );
    await fc.assert(check, tries(12));
  });

  it("a baseline", { timeout: 3_600_000 }, async () => {
    const box = sandbox();
    const baseline = JSON.stringify(
      {
        version: 1,
        release: "4.0.2",
        profile: "none",
        hosts: ["windows-x64"],
        results: [
          {
            rule: "errno-literal",
            package: "echo-server",
            file: "src/main.rs",
            symbol: "104",
            places: ["aa"],
          },
        ],
      },
      undefined,
      2,
    );
    const check = fc.asyncProperty(
      mutants([baseline], ['"results"', "[[[[", '{"__proto__":1}', '"places"']),
      async (mutant) => {
        box.write({ "base.json": mutant });
        expect(await broken(box, ["check", ".", "--baseline", "base.json"])).toEqual([]);
      },
    );
    await fc.assert(check, tries(12));
  });

  it("a saved report", { timeout: 3_600_000 }, async () => {
    const box = sandbox();
    const saved = text("fixtures/report/xh/expected.json");
    const words = [
      '"results"',
      '"cells"',
      '"path": []',
      '"file": "../../outside.rs"',
      '"folder": "../.."',
      '"line": 0',
      "[]",
      "{}",
    ];
    const check = fc.asyncProperty(mutants([saved], words), async (mutant) => {
      box.write({ "saved.json": mutant });
      expect(await broken(box, ["merge", "saved.json"])).toEqual([]);
    });
    await fc.assert(check, tries(40));
  });
});

describe("a project that was cut off while it was written", () => {
  const files = [
    "crates/echo-server/src/main.rs",
    "crates/echo-server/Cargo.toml",
    "vendor/libc/src/lib.rs",
    "Cargo.lock",
  ];
  it.each(files)("%s", { timeout: 3_600_000 }, async (file) => {
    const box = sandbox();
    const whole = readFileSync(path.join(DEMO, file));
    const steps = tries(8).numRuns;
    const stride = Math.max(1, Math.floor(whole.length / steps));
    for (let end = 0; end < whole.length; end += stride) {
      box.write({ [file]: whole.subarray(0, end) });
      expect(await broken(box, ["check", "."]), `${end} bytes`).toEqual([]);
    }
  });
});
