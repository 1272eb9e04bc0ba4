import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exists } from "./prepare.ts";

const OPENSSL_HEADERS = ["/usr/include/openssl", "/usr/include/x86_64-linux-gnu/openssl"];

/**
 * What build scripts need to come to an end here: compilers for both targets, and things to find in
 * place of long builds. Nothing is linked by `cargo check`, so headers and an empty archive do. A
 * build script that still fails leaves its package out, and the report says so.
 */
export async function buildEnv(cache: string): Promise<Record<string, string>> {
  const empty = join(cache, "libempty.a");
  await writeFile(empty, "");
  // NOTE musl's compiler must not see the host's own headers beside OpenSSL's, hence the copy.
  const include = join(cache, "include");
  await mkdir(join(include, "openssl"), { recursive: true });
  for (const from of OPENSSL_HEADERS) {
    if (await exists(from)) await cp(from, join(include, "openssl"), { recursive: true });
  }
  return {
    CC_x86_64_unknown_linux_musl: "musl-gcc",
    CC_aarch64_unknown_linux_musl: "aarch64-linux-gnu-gcc",
    PKG_CONFIG_ALLOW_CROSS: "1",
    OPENSSL_LIB_DIR: "/usr/lib/x86_64-linux-gnu",
    OPENSSL_INCLUDE_DIR: include,
    JEMALLOC_OVERRIDE: empty,
  };
}
