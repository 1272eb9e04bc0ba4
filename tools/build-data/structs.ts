import { ARCHS, type Arch } from "../../src/model/host.ts";
import type { StructLayout } from "../../src/model/knowledge.ts";
import { evaluate, type Compiler } from "./compiler.ts";
import { compareText } from "./constants.ts";
import type { LibcSurface } from "./libc-crate.ts";
import type { Layout } from "./rust-layout.ts";

export interface StructSources {
  readonly libc: Readonly<Record<Arch, LibcSurface>>;
  readonly rust: Readonly<Record<Arch, ReadonlyMap<string, Layout>>>;
  readonly c: Readonly<Record<Arch, ReadonlyMap<string, Layout>>>;
  /** Where C defines each name. */
  readonly places: ReadonlyMap<string, string>;
}

export type ExactStruct = Readonly<Record<Arch, StructLayout>> & {
  readonly name: string;
  readonly place?: string;
};

/** Measures the same names in Cosmopolitan's headers, by the data that the C compiler lays out. */
export function readCLayouts(options: {
  compiler: Compiler;
  work: string;
  prelude: string;
  rust: ReadonlyMap<string, Layout>;
}): Map<string, Layout> {
  const expressions = new Map<string, string>();
  for (const [name, layout] of options.rust)
    for (const spelling of spellings(name)) {
      expressions.set(`${spelling}|${name}`, `sizeof(*(${spelling} *)0)`);
      for (const field of layout.fields.keys())
        for (const member of members(field)) {
          expressions.set(
            `${spelling}|${name}|o|${field}|${member}`,
            `__builtin_offsetof(${spelling}, ${member})`,
          );
          expressions.set(
            `${spelling}|${name}|z|${field}|${member}`,
            `sizeof(((${spelling} *)0)->${member})`,
          );
        }
    }
  const values = evaluate({ ...options, expressions });
  return new Map(
    [...options.rust].flatMap(([name, layout]) => measured(name, layout, values) ?? []),
  );
}

/** `stat` is `struct stat` in C, `sem_t` is a typedef, `sigval` a union. */
function spellings(name: string): string[] {
  return [`struct ${name}`, `union ${name}`, name];
}

/** What C calls the field: the libc crate flattens `st_atim` and writes the rest as C does. */
function members(field: string): string[] {
  const time = /^(st_[amc]tim)e(_nsec)?$/.exec(field);
  if (time) return [`${time[1]}.${time[2] ? "tv_nsec" : "tv_sec"}`];
  return [field];
}

function measured(
  name: string,
  layout: Layout,
  values: ReadonlyMap<string, bigint>,
): [string, Layout][] | undefined {
  const spelling = spellings(name).find((one) => values.has(`${one}|${name}`));
  if (spelling === undefined) return undefined;
  const fields = new Map<string, readonly [number, number]>();
  for (const field of layout.fields.keys())
    for (const member of members(field)) {
      const offset = values.get(`${spelling}|${name}|o|${field}|${member}`);
      const size = values.get(`${spelling}|${name}|z|${field}|${member}`);
      if (offset !== undefined && size !== undefined)
        fields.set(field, [Number(offset), Number(size)]);
    }
  return [[name, { size: Number(values.get(`${spelling}|${name}`)), fields }]];
}

/** One row per struct and union of the libc crate, and per alias of one (`stat64`). */
export function joinStructs(sources: StructSources): ExactStruct[] {
  const names = new Map<string, string>();
  for (const arch of ARCHS) {
    for (const name of sources.libc[arch].structs.keys()) names.set(name, name);
    for (const [alias, target] of sources.libc[arch].aliases)
      if (sources.libc[arch].structs.has(target)) names.set(alias, target);
  }
  return [...names]
    .map(([name, target]) => {
      const place = sources.places.get(target);
      return {
        name,
        x86_64: compare(sources, "x86_64", target),
        aarch64: compare(sources, "aarch64", target),
        ...(place === undefined ? {} : { place }),
      };
    })
    .sort((a, b) => compareText(a.name, b.name));
}

function compare(sources: StructSources, arch: Arch, name: string): StructLayout {
  const rust = sources.rust[arch].get(name);
  const c = sources.c[arch].get(name);
  // NOTE: size 0 is the libc crate's way to say that nobody may look inside (`fpos_t`, `timezone`).
  if (!rust || !c || rust.size === 0)
    return { libc: rust?.size || null, cosmo: c?.size ?? null, class: "unknown" };
  const moved: Record<string, readonly [number, number]> = {};
  const resized: Record<string, readonly [number, number]> = {};
  for (const [field, [offset, size]] of rust.fields) {
    const other = c.fields.get(field);
    if (!other) continue;
    if (other[0] !== offset) moved[field] = [offset, other[0]];
    if (other[1] !== size) resized[field] = [size, other[1]];
  }
  const base = { libc: rust.size, cosmo: c.size };
  const details = {
    ...(Object.keys(moved).length > 0 ? { moved } : {}),
    ...(Object.keys(resized).length > 0 ? { resized } : {}),
  };
  return {
    ...base,
    class: classOf(rust.size, c.size, Object.keys(details).length > 0),
    ...details,
  };
}

function classOf(libc: number, cosmo: number, fieldsDiffer: boolean): StructLayout["class"] {
  if (cosmo > libc) return "cosmo larger";
  if (cosmo < libc) return "cosmo smaller";
  return fieldsDiffer ? "layout differs" : "same";
}
