import { expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract.ts";
import { includedFile } from "../../src/extract/included.ts";
import {
  computesPaths,
  tellingIn,
  tellingNames,
  tellingOfTool,
  unknownIn,
  variablesOf,
  writtenIn,
} from "../../src/extract/written-code.ts";

test("what a script may write down are its strings and templates, not what it does itself", () => {
  const script = `
    // "a comment"
    use std::fs;
    fn main() {
      println!("cargo:rerun-if-changed=build.rs");
      fs::write(path, "static A: u8 = 1;\\nstatic B: u8 = 2;");
      let more = quote! { struct C; };
    }`;
  expect(writtenIn(script)).toEqual(["static A: u8 = 1;\nstatic B: u8 = 2;", " struct C; "]);
});

test.each([
  "libc::EAGAIN",
  "{}libc::{}",
  "use libc as c;",
  'extern "C" {{ fn {name}(); }}',
  "extern ",
  "extern {\n  fn read();",
  "extern {",
  "extern fn callback()",
  '#[link(name = "m")]',
  "#[no_mangle]",
  'core::arch::asm!("nop")',
  "::std::os::unix::io::AsRawFd",
  "std::io::Error",
  "use std::{fs, env};",
  "fs::read_to_string(path)",
  '#[cfg(target_os = "linux")]',
  "#[cfg(all(test, unix))]",
  "if cfg!(windows) {",
  'include!("more.rs");',
  "mod {};",
  '#[path = "x.rs"]',
])("may differ between hosts, or brings further code: %s", (text) => {
  expect(tellingIn([text], new Set()).size).toBe(1);
});

test.each([
  "pub static TABLE: phf::Map<&'static str, u8> = {};",
  "extern crate alloc; pub use ::std::option::Option;",
  'extern "Rust" { fn hook(); }',
  "std::sync::atomic::Ordering::Relaxed",
  "mod tables { const A: u8 = 1; }",
  'the word "extern" in a list of words',
  "extern { type Location = usize; enum Token { } }",
  "the link between libc and the external syscall",
  "include_bytes!({:?})",
  "my::fs::Path",
])("is the same on every host: %s", (text) => {
  expect([...tellingIn([text], new Set())]).toEqual([]);
});

test("a word alone tells where a template makes paths of words", () => {
  expect([...tellingIn(["libc"], new Set())]).toEqual([]);
  expect([...tellingIn(["libc"], new Set(), true)]).toEqual(["libc"]);
  expect(computesPaths(["{name}::{function}()"])).toBe(true);
  expect(computesPaths(["#krate::open()"])).toBe(true);
  expect(computesPaths(["use {};"])).toBe(true);
  expect(computesPaths(["{}: {}", "a::b { c }"])).toBe(false);
});

test("names that the crate imports from elsewhere, and its macros, are looked for", () => {
  const facts = extractFile(`
    use libc::{c_int, fork as split};
    use std::collections::HashMap;
    macro_rules! raw { ($n:ident) => { libc::$n } }
    macro_rules! plain { ($n:ident) => { $n } }`);
  const names = tellingNames([facts]);
  expect([...names]).toEqual(["c_int", "split", "raw"]);
  expect([...tellingIn(["plain!(HashMap); split();"], names)]).toEqual(["split"]);
  const modules = tellingNames([extractFile("use std::{fs, time};")]);
  expect([...tellingIn(["the time of fs"], modules)]).toEqual([]);
  expect([...tellingIn(["fs"], modules, true)]).toEqual(["fs"]);
  expect([...tellingIn(["time::Instant::now()"], modules)]).toEqual(["time::I"]);
  const all = tellingNames([extractFile("use libc::*;")]);
  expect([...tellingIn(["const A: u8 = 1;"], all)]).toEqual(["*"]);
});

test("programs that a script runs may print anything, unless they are known to tell versions and the like", () => {
  expect([...unknownIn('Command::new("python3").arg("make.py")')]).toEqual(['runs "python3"']);
  expect([...unknownIn("Command::new(program)")]).toEqual(["runs program"]);
  expect([...unknownIn('Command::new(env::var_os("RUSTC").unwrap())')]).toEqual([]);
  expect([...unknownIn('Command::new("rustfmt").arg(file)')]).toEqual([]);
  const asks = 'let rustc = find(); Command::new(rw).arg("--version")';
  expect([...unknownIn(asks)]).toEqual([]);
  expect([...unknownIn('Command::new(cmd).arg("--version")')]).toEqual(["runs cmd"]);
  expect([...unknownIn('Command::new("git"); Command::new(rustc_wrapper)')]).toEqual([]);
});

test("nobody looks for words in what is packed", () => {
  expect([...unknownIn("flate2::read::GzDecoder::new(file)")]).toEqual(["unpacks: flate2"]);
  expect([...unknownIn("a.iter().zip(b)")]).toEqual([]);
});

test("messages to people are not compiled, whatever they name", () => {
  const text = `
    panic!("libc::fork failed with {}", code);
    file.expect("std::fs::read");
    let code = "libc::fork()";`;
  expect(writtenIn(text)).toEqual(["libc::fork()"]);
});

test("a dependency of a script is judged by the code that it writes, not by words in its messages", () => {
  expect([...tellingOfTool(['panic!("libc has no such call")'])]).toEqual([]);
  expect([...tellingOfTool(["quote!(::libc::open(1))"])]).toEqual(["libc::"]);
});

test.each(["cfg(", "mod ", "extern {", "# [ ", "std :: ", "{}", "inflat", "a"])(
  "takes no longer for more of `%s`",
  (piece) => {
    const text = piece.repeat(200_000);
    const start = performance.now();
    tellingIn([text, `${piece}${" ".repeat(200_000)}`], new Set(["x"]), true);
    unknownIn(text);
    expect(performance.now() - start).toBeLessThan(4000);
  },
);

test("variables that a script sets for the compiler", () => {
  const text = 'println!("cargo:rustc-env=TABLE={}", a); println!("cargo::rustc-env=VERSION=1");';
  expect(variablesOf([text])).toEqual(["TABLE", "VERSION"]);
});

test.each([
  ['"tables.rs"', "src/tables.rs"],
  ['"../tables.rs",', "tables.rs"],
  ['concat!(env!("CARGO_MANIFEST_DIR"), "/tables.rs")', "tables.rs"],
  ['core::concat!(core::env!("CARGO_MANIFEST_DIR"), "/a/b.rs",)', "a/b.rs"],
  ['concat!(env!("CARGO_MANIFEST_DIR"), "/../b.rs")', "../b.rs"],
  ['concat!(env!("OUT_DIR"), "/tables.rs")', undefined],
  ['concat!("a", "b")', undefined],
])("include!(%s) in src/lib.rs", (argument, file) => {
  expect(includedFile(argument, "src/lib.rs")).toBe(file);
});
