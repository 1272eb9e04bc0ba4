/** What cargo takes for compatible: `1.1.5` is `1`, `0.38.44` is `0.38`. */
export function requirement(version: string): string {
  const [major = "0", minor = "0", patch = "0"] = version.split(/[.+-]/u);
  if (major !== "0") return major;
  return minor === "0" ? `0.0.${patch}` : `0.${minor}`;
}
