import { delimiter, join } from "node:path";
import type { Arch } from "../../src/model/host.ts";

/**
 * The real C library, built from its sources. The folder holds `scripts/` (target specs, the linker's stand-in, the
 * runners for Wine and qemu) and per architecture `tree/` (the sources with crt.o and the linker script), `lib/`
 * (libcosmo.a) and `shim.o` (what std needs beyond it to run on Linux).
 */
export interface Cosmo {
  readonly dir: string;
  readonly arch: Arch;
}

/** The target's name, as cargo names folders and variables by it. */
export function cosmoTarget(arch: Arch): string {
  return `${arch}-unknown-linux-cosmo`;
}

/** Arguments of cargo that build std and everything else for the target. */
export function cosmoFlags({ dir, arch }: Cosmo): string[] {
  const spec = join(dir, "scripts", `${cosmoTarget(arch)}.json`);
  return ["-Zjson-target-spec", "-Zbuild-std=std,panic_abort", "--target", spec];
}

/** What the linker's stand-in and C compilers of build scripts find their files by. */
export function cosmoEnv({ dir, arch }: Cosmo): Record<string, string> {
  const tree = join(dir, arch, "tree");
  const variable = cosmoTarget(arch).replaceAll("-", "_");
  const cross = arch === "aarch64" ? "aarch64-linux-gnu-" : "";
  const own = arch === "aarch64" ? " -ffixed-x18 -ffixed-x28 -fsigned-char" : "";
  const headers = `-nostdinc -isystem ${tree}/libc/isystem -include ${tree}/libc/integral/normalize.inc -I${tree}`;
  return {
    PATH: [join(dir, "scripts/bin/link"), process.env["PATH"]].join(delimiter),
    M: arch,
    COSMO_TREE: tree,
    COSMO_LIB: join(dir, arch, "lib"),
    [`CC_${variable}`]: `${cross}gcc`,
    [`AR_${variable}`]: `${cross}ar`,
    [`CFLAGS_${variable}`]: `-fno-pie -U__linux__ -U__gnu_linux__ ${headers}${own}`,
  };
}
