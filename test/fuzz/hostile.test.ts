import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { broken, Sandbox } from "./invariants.ts";

const MANY = 20_000;
const MANIFEST = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n';
const APP = { "Cargo.toml": MANIFEST, "src/main.rs": "fn main() {}\n" };
const QUERY = "query: { kind: libc-use, name: open }\n";
const RULE = `id: mine\ntitle: t\ndescription: d\nharm: fails\nlevel: error\nconfidence: high\nhosts: windows\nmessage: m\nhelp: h\n`;

const boxes: Sandbox[] = [];
afterAll(() => boxes.forEach((box) => box.remove()));

function sandbox(files: Readonly<Record<string, string>>): Sandbox {
  const box = new Sandbox();
  boxes.push(box);
  box.write({ ...APP, ...files });
  return box;
}

function lock(packages: readonly string[]): string {
  return `version = 4\n${packages.map((one) => `\n[[package]]\n${one}`).join("")}`;
}

/** Files that somebody made to bring a reader down: what is in them. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a manifest of brackets": { "Cargo.toml": `${MANIFEST}x = ${"[".repeat(MANY)}` },
  "a manifest of brackets that close": {
    "Cargo.toml": `${MANIFEST}x = ${"[".repeat(MANY)}${"]".repeat(MANY)}`,
  },
  "a manifest of tables in tables": {
    "Cargo.toml": `${MANIFEST}x = ${"{a=".repeat(MANY)}1${"}".repeat(MANY)}`,
  },
  "a manifest with a very long key": {
    "Cargo.toml": `${MANIFEST}[${"a.".repeat(MANY)}a]\nb = 1\n`,
  },
  "a manifest with names of Object": {
    "Cargo.toml": `${MANIFEST}[dependencies]\n__proto__ = "1"\nconstructor = "1"\ntoString = { path = "." }\n[features]\n__proto__ = ["constructor"]\ndefault = ["__proto__", "hasOwnProperty/valueOf"]\n`,
  },
  "a manifest whose features ask for each other": {
    "Cargo.toml": `${MANIFEST}[features]\ndefault = ["f0"]\n${Array.from({ length: 2000 }, (_, at) => `f${at} = ["f${(at + 1) % 2000}", "f${(at * 7) % 2000}"]`).join("\n")}\n`,
  },
  "a manifest that leads out of its folder": {
    "Cargo.toml": `${MANIFEST}build = "../outside.rs"\n[lib]\npath = "../outside.rs"\n[[bin]]\nname = "b"\npath = "/etc/passwd"\n`,
  },
  "a manifest whose dependencies are elsewhere": {
    "Cargo.toml": `${MANIFEST}[dependencies]\na = { path = "../../../../../../etc" }\nb = { path = "/" }\nc = { path = "." }\n`,
  },
  "a workspace of everything": {
    "Cargo.toml": `${MANIFEST}[workspace]\nmembers = ["**", "*/*/*/*/*", "../*", "/*", "${"*a".repeat(200)}"]\n`,
  },
  "a lockfile of a hundred thousand lines": {
    "Cargo.lock": lock(
      Array.from({ length: 25_000 }, (_, at) => `name = "p${at}"\nversion = "1.0.0"\n`),
    ),
  },
  "a lockfile in a circle": {
    "Cargo.lock": lock(
      ["app", "a", "b"].map(
        (name, at, all) =>
          `name = "${name}"\nversion = "0.1.0"\ndependencies = ["${all[(at + 1) % 3]}", "${all[at]}"]\n`,
      ),
    ),
    "Cargo.toml": `${MANIFEST}[dependencies]\na = "0.1"\n`,
  },
  "a configuration of brackets": {
    "ape-lint.toml": `hosts = ${"[".repeat(MANY)}${"]".repeat(MANY)}`,
  },
  "a configuration with a glob that is slow elsewhere": {
    "ape-lint.toml": `[[ignore]]\npath = "${"*a".repeat(30)}b"\nreason = "r"\n[[ignore]]\npath = "${"**/".repeat(200)}x"\nreason = "r"\n`,
    "src/main.rs": `mod ${"a".repeat(200)};\nfn main() { let _ = libc::EAGAIN; }\n`,
    [`src/${"a".repeat(200)}.rs`]: "pub fn f() -> i32 { libc::EAGAIN }",
  },
  "cargo's configuration, which includes itself": {
    ".cargo/config.toml": `include = ["config.toml", "../../outside.rs", "/etc/passwd"]\n[build]\nrustflags = ["--cfg", "${"a(".repeat(1000)}"]\n[source.crates-io]\nreplace-with = "x"\n[source.x]\nreplace-with = "crates-io"\n`,
    "Cargo.toml": `${MANIFEST}[dependencies]\nlibc = "0.2"\n`,
  },
  "a toolchain file that is none": {
    "rust-toolchain.toml": "[".repeat(MANY),
    "rust-toolchain": "../../x\0",
  },
  "modules that lead out": {
    "src/main.rs":
      '#[path = "../../outside.rs"] mod a;\n#[path = "/etc/passwd"] mod b;\nmod c { #[path = "../../../outside.rs"] mod d; }\ninclude!("../../outside.rs");\ninclude!(concat!("../..", "/outside.rs"));\nfn main() {}\n',
  },
  "modules in a circle": {
    "src/main.rs": '#[path = "main.rs"] mod a;\n#[path = "a.rs"] mod b;\nfn main() {}\n',
    "src/a.rs": '#[path = "main.rs"] mod a;\n#[path = "./../src/a.rs"] mod b;\ninclude!("a.rs");\n',
  },
  "imports of everything": {
    "src/main.rs":
      "use *;\nuse {*};\nuse ::*;\nuse ::{*};\npub use {self, *};\nuse {{*}, {}};\nuse self::*;\nuse super::*;\nuse crate::*;\nextern crate self as me;\nuse me::*;\nfn main() { f(); a::b(); ::c(); }\n",
  },
  "imports of everything in 2015": {
    "Cargo.toml": MANIFEST.replace("2021", "2015"),
    "src/main.rs":
      "use *;\nuse ::*;\npub use {self, *};\nmod a { use *; use ::*; use a::*; pub use {b, *}; }\nfn main() { f(); a::b(); ::c(); }\n",
  },
  "ten thousand modules": {
    "src/main.rs": `${Array.from({ length: 10_000 }, (_, at) => `mod m${at};`).join("\n")}\nfn main() {}\n`,
  },
  "a line of four megabytes": {
    "src/main.rs": `fn main() { ${"libc::EAGAIN;".repeat(300_000)} }\n`,
  },
  "names that steer": {
    "src/main.rs":
      'mod a;\nfn main() { std::fs::read("/etc/\u001b]8;;x\u0007\u202e</script><img src=x>::error::"); }\n',
    "src/a.rs":
      "// ape-lint: allow(\u001b[2J\u202e) \u0007::set-output name=x::y\npub fn f() -> i32 { libc::EAGAIN }\n",
  },
};

describe("files that were made to bring a reader down", () => {
  it.each(Object.entries(FILES))("%s", { timeout: 60_000 }, async (_, files) => {
    expect(await broken(sandbox(files), ["check", "."])).toEqual([]);
  });
});

/** Rule files that a pull request could bring. */
const RULES: Readonly<Record<string, string>> = {
  "that multiplies": `${RULE}a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((name, at) => `${name}: &${name} [${`*${"abcdefgh"[at]},`.repeat(9)}]`).join("\n")}\n${QUERY}`,
  "that contains itself": `${RULE}query: &q { any: [*q, *q] }\n`,
  "of brackets": `${RULE}query: ${"[".repeat(MANY)}`,
  "of braces that close": `${RULE}query: ${"{ any: [".repeat(5000)}${"] }".repeat(5000)}\n`,
  "of conditions in conditions": `${RULE}query: ${"{ not: ".repeat(2000)}{ name: open }${" }".repeat(2000)}\n`,
  "with a tag of another language": `${RULE}query: !!js/function 'function () { process.exit(7) }'\n`,
  "with names of Object": `${RULE}__proto__: { a: 1 }\nconstructor: { prototype: 1 }\n${QUERY}`,
};

describe("a rule file", () => {
  it.each(Object.entries(RULES))("%s", { timeout: 60_000 }, async (_, rule) => {
    const box = sandbox({ "mine/mine/rule.yml": rule });
    expect(await broken(box, ["check", ".", "--rules", "mine"])).toEqual([]);
  });
});

describe("JSON", () => {
  const texts = {
    "of brackets": "[".repeat(MANY),
    "of brackets that close": "[".repeat(MANY) + "]".repeat(MANY),
    "with names of Object": '{"__proto__": {"schemaVersion": 1}, "constructor": []}',
  };
  it.each(Object.entries(texts))("%s, as a report and as a baseline", async (_, text) => {
    const box = sandbox({ "saved.json": text });
    expect(await broken(box, ["merge", "saved.json"])).toEqual([]);
    expect(await broken(box, ["check", ".", "--baseline", "saved.json"])).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("links", () => {
  const links: Readonly<Record<string, readonly [link: string, to: string]>> = {
    "to a file outside": ["src/main.rs", "../../outside.rs"],
    "to a device that never ends": ["src/main.rs", "/dev/zero"],
    "to a folder outside": ["src", "/etc"],
    "to the folder that it is in": ["src/loop", "."],
    "to itself": ["src/main.rs", "main.rs"],
    "to nothing": ["src/main.rs", "nowhere.rs"],
    "in the place of the manifest": ["Cargo.toml", "/dev/zero"],
    "in the place of the configuration": ["ape-lint.toml", "/dev/zero"],
    "in the place of the lockfile": ["Cargo.lock", "/dev/zero"],
  };
  it.each(Object.entries(links))("%s", { timeout: 60_000 }, async (_, [link, to]) => {
    const box = sandbox({ "src/native.c": "#ifdef __linux__\n#endif\n" });
    const file = path.join(box.project, link);
    rmSync(file, { recursive: true, force: true });
    mkdirSync(path.dirname(file), { recursive: true });
    symlinkSync(to, file);
    expect(await broken(box, ["check", "."])).toEqual([]);
  });
});
