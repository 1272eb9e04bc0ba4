import type { SpecFormat, SpecNeeds } from "../kb/target-spec.ts";
import type { Arch } from "../model/host.ts";

/** Folder of what belongs to the custom targets. */
export const TARGET_DIR = "targets";

/** What cargo calls the target of an architecture. */
export function targetName(arch: Arch): string {
  return `${arch}-unknown-linux-cosmo`;
}

const OF_ARCH: Readonly<Record<Arch, Readonly<Record<string, unknown>>>> = {
  x86_64: { cpu: "x86-64", "max-atomic-width": 64 },
  aarch64: { "max-atomic-width": 128 },
};

/** A target specification that today's compiler takes and that says all that cosmocc needs. */
export function newSpec(arch: Arch, format: SpecFormat, needs: SpecNeeds): string {
  const llvm = `${arch}-unknown-linux-musl`;
  const spec: Record<string, unknown> = {
    "llvm-target": llvm,
    "data-layout": format.layouts[llvm],
    arch,
    "target-pointer-width": 64,
    ...OF_ARCH[arch],
    "linker-flavor": "gnu-cc",
    linker: `./${TARGET_DIR}/${arch}-linker`,
    "exe-suffix": ".com.dbg",
    "stack-probes": { kind: "none" },
  };
  for (const need of needs.settings) {
    if (need.archs?.includes(arch) === false) continue;
    spec[need.field] = need.contains?.join(",") ?? need.value;
  }
  if (arch === "aarch64") spec["features"] = `+v8a,${String(spec["features"])}`;
  return `${JSON.stringify(spec, null, 2)}\n`;
}
