import { expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract.ts";
import { addTelling } from "../../src/extract/generated-names.ts";
import { gapsOf } from "../../src/resolve/index.ts";
import { resolveCrates } from "./support.ts";

/** What is told of `code`, in a tree with a package of procedural macros that holds `template`. */
function gapsIn(
  code: string,
  template = "",
  user = "maker@1.0.0",
  more: Readonly<Record<string, string>> = {},
): string[] {
  const maker = { name: "maker", files: { "src/lib.rs": "" } };
  const app = {
    name: "app",
    files: { "src/lib.rs": code },
    dependencies: { maker: "maker", ...more },
  };
  const { graph, workspace } = resolveCrates([maker, app]);
  const telling = new Set<string>();
  addTelling(extractFile(template), template, telling);
  const macros = [{ package: user, names: new Set(["make"]), paths: new Set<string>(), telling }];
  return graph.crates.flatMap((crate) =>
    gapsOf(crate, workspace, { procMacros: macros }).map(
      ({ file, message }) => `${file}: ${message}`,
    ),
  );
}

const GAP = "src/lib.rs: make! could not be expanded; its arguments were read as they are";

test("a macro that nobody defines is told once per file, with how often", () => {
  expect(gapsIn("other! { a } other! { b } mod m { other!(c); }")).toEqual([
    "src/lib.rs: other! could not be expanded (3 times); its arguments were read as they are",
  ]);
});

test("a procedural macro hides nothing when neither its templates nor its arguments can", () => {
  const template =
    'fn make() { quote!(impl ::core::fmt::Debug for #name { extern crate alloc; unsafe extern "Rust" fn register() {} #krate::new().clone(); ::time::now() }) }';
  expect(gapsIn("maker::make! { struct A; }", template)).toEqual([]);
  const own = "fn read() { libc::open(); } macro_rules! mine { () => { libc::close() } }";
  expect(gapsIn("maker::make! { struct A; }", own)).toEqual([]);
  const message = 'fn read() { panic!("libc::fork failed with {}", code); }';
  expect(gapsIn("maker::make! { struct A; }", message)).toEqual([]);
});

test.each([
  "quote!(::libc::open(1))",
  "quote!(#krate::libc::SIGHUP)",
  'parse_quote! { asm!("") }',
  'quote!(extern "C" { fn f(); })',
  "quote_spanned!(span=> ::std::os::unix::fs::symlink(a, b))",
  "quote!(std::env::var)",
  'format!("std::env::var({:?})", name).parse()',
])("it may when it has %s", (template) =>
  expect(gapsIn("use maker::make; make!(a);", `fn f() { ${template} }`)).toEqual([GAP]),
);

test("it may when a macro of its own has such a template", () => {
  const own = "macro_rules! write { () => { quote!(::libc::fork()) } }";
  expect(gapsIn("use maker::make; make!(a);", own)).toEqual([GAP]);
});

test.each([
  "libc::open(1)",
  'extern "C" { fn f(); }',
  "const A: i32 = std::fs::[<read_ $x>];",
  "const A: i32 = net::[<$x Stream>]::CONST;",
  'asm!("")',
])("it may when its arguments are %s", (input) =>
  expect(gapsIn(`use maker::make; make!{ ${input} }`)).toEqual([GAP]),
);

test("it may when it glues names together where libc's may be imported", () => {
  const code = "use maker::make; make!{ const [<A $x>]: i32 = [<O_ $x>]; }";
  expect(gapsIn(code)).toEqual([]);
  expect(gapsIn(code, "", "maker@1.0.0", { libc: "libc" })).toEqual([GAP]);
  const members = "use maker::make; make!{ fn f() { Color::[<$x:camel>]; crate::[<SIG_ $x>]; } }";
  expect(gapsIn(members)).toEqual([]);
  expect(gapsIn(members, "", "maker@1.0.0", { libc: "libc" })).toEqual([GAP]);
});

test("a macro of a package that the crate does not stand on is another one", () => {
  expect(gapsIn("make!(a);", "", "elsewhere@1.0.0")).toEqual([GAP]);
});

test("in a body what nobody defines is std's, and a procedural macro is not", () => {
  expect(
    gapsIn("fn f() { unknown!(libc::open); make!(a); }", "fn f() { quote!(::libc::a()) }"),
  ).toEqual([GAP]);
});

test("rules that do not fit are told, in bodies too", () => {
  const code = "macro_rules! make { (x) => {} } make!(y); fn f() { make!(z); }";
  expect(gapsIn(code)).toEqual([GAP.replace("expanded;", "expanded (2 times);")]);
});

test("a module that only an expansion names is told when its file is not there", () => {
  const code = "macro_rules! modules { ($($m:ident)*) => { $(mod $m;)* } } modules! { absent }";
  expect(gapsIn(code)).toEqual([
    "src/lib.rs: mod absent: a macro brings it, and no file of that name was read",
  ]);
});
