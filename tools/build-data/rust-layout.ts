import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyCrate, parseValue, type LibcSurface } from "./libc-crate.ts";
import { runOk } from "./run.ts";

/** Size of a type, and of each public field its offset and size. */
export interface Layout {
  readonly size: number;
  readonly fields: ReadonlyMap<string, readonly [offset: number, size: number]>;
}

const PRELUDE = `#![no_std]
#![allow(deprecated, non_upper_case_globals)]
const fn size<F>(_: *const F) -> usize { core::mem::size_of::<F>() }
`;

/** Lets the compiler evaluate `size_of` and `offset_of!` for every public struct and union; nothing is run. */
export function readRustLayouts(options: {
  crate: string;
  surface: LibcSurface;
  work: string;
}): Map<string, Layout> {
  const { surface, work } = options;
  const target = `${surface.arch}-unknown-linux-musl`;
  const dir = join(work, `layout-${surface.arch}`);
  mkdirSync(join(dir, "src"), { recursive: true });
  const dependency = JSON.stringify(copyCrate(options.crate, work));
  writeFileSync(
    join(dir, "Cargo.toml"),
    `[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nlibc = { path = ${dependency}, default-features = false }\n[workspace]\n`,
  );
  writeFileSync(join(dir, "src/lib.rs"), PRELUDE + probe(surface));
  const args = [
    "rustdoc",
    "-q",
    "--offline",
    "--lib",
    "--target",
    target,
    "--",
    "-Zunstable-options",
    "--output-format",
    "json",
  ];
  runOk("cargo", args, {
    cwd: dir,
    env: { RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: join(dir, "target"), RUSTFLAGS: "" },
  });
  const doc = JSON.parse(
    readFileSync(join(dir, "target", target, "doc", "probe.json"), "utf8"),
  ) as Doc;
  rmSync(dir, { recursive: true, force: true });
  return collect(doc, surface);
}

function probe(surface: LibcSurface): string {
  const lines: string[] = [];
  for (const [name, struct] of surface.structs) {
    lines.push(`pub const s_${name}: usize = core::mem::size_of::<libc::${name}>();`);
    for (const field of struct.fields) {
      const raw = /^(type|match|move|ref)$/.test(field) ? `r#${field}` : field;
      lines.push(
        `pub const o_${name}__0__${field}: usize = core::mem::offset_of!(libc::${name}, ${raw});`,
      );
      const value = `{ let u = core::mem::MaybeUninit::<libc::${name}>::uninit(); size(unsafe { core::ptr::addr_of!((*u.as_ptr()).${raw}) }) }`;
      lines.push(`pub const z_${name}__0__${field}: usize = ${value};`);
    }
  }
  return lines.join("\n");
}

interface Doc {
  readonly index: Readonly<
    Record<
      string,
      {
        readonly name: string | null;
        readonly inner: {
          readonly constant?: { readonly const: { readonly value: string | null } };
        };
      }
    >
  >;
}

function collect(doc: Doc, surface: LibcSurface): Map<string, Layout> {
  const values = new Map<string, number>();
  for (const item of Object.values(doc.index)) {
    const value = item.inner.constant ? parseValue(item.inner.constant.const.value).value : null;
    if (item.name && value !== null) values.set(item.name, Number(value));
  }
  const layouts = new Map<string, Layout>();
  for (const [name, struct] of surface.structs) {
    const size = values.get(`s_${name}`);
    if (size === undefined) continue;
    const fields = new Map<string, readonly [number, number]>();
    for (const field of struct.fields)
      fields.set(field, [
        values.get(`o_${name}__0__${field}`) ?? -1,
        values.get(`z_${name}__0__${field}`) ?? -1,
      ]);
    layouts.set(name, { size, fields });
  }
  return layouts;
}
