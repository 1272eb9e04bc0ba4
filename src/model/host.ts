/** The systems that one APE runs on: the columns of Cosmopolitan's tables. */
export const HOSTS = [
  "linux-x64",
  "linux-arm64",
  "macos-arm64",
  "macos-x64",
  "windows-x64",
  "freebsd-x64",
  "openbsd-x64",
  "netbsd-x64",
] as const;
export type Host = (typeof HOSTS)[number];

/** The architectures that an APE is compiled for; both are analysed in one run. */
export const ARCHS = ["x86_64", "aarch64"] as const;
export type Arch = (typeof ARCHS)[number];

/** The architecture whose code runs on a host. */
export function archOf(host: Host): Arch {
  return host.endsWith("arm64") ? "aarch64" : "x86_64";
}
