import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = "/proc/sys/fs/binfmt_misc";
const MAGICS = ["MZqFpD", "jartsr"];

/** Which of the two magics of APE files this machine's kernel hands to a loader; nothing off Linux. */
export function binfmtLines(folder = FOLDER): string[] {
  if (!existsSync(folder)) return [];
  const known = registered(folder);
  const [have, lack] = [true, false].map((wanted) =>
    MAGICS.filter((magic) => known.some((each) => each.startsWith(magic)) === wanted),
  );
  const nixos = existsSync("/etc/NIXOS") ? ["This machine runs NixOS: see above."] : [];
  if (have?.length === 0)
    return ["This machine: no loader is registered with binfmt_misc.", ...nixos];
  if (lack?.length === 0)
    return ["This machine: both magics are registered with binfmt_misc.", ...nixos];
  return [
    `This machine: ${have?.join() ?? ""} is registered with binfmt_misc, ${lack?.join() ?? ""} is not.`,
    ...nixos,
  ];
}

/** The magics of enabled entries, as text. */
function registered(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name !== "register" && name !== "status")
      .map((name) => readFileSync(path.join(folder, name), "utf8"))
      .filter((text) => text.startsWith("enabled"))
      .map((text) => /^magic (?<hex>[0-9a-f]+)$/mu.exec(text)?.groups?.["hex"] ?? "")
      .map((hex) => Buffer.from(hex, "hex").toString("latin1"));
  } catch {
    return [];
  }
}
