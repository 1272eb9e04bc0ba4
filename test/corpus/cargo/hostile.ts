import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A project that tries to get a program of its own run, and whether it was. */
export interface Hostile {
  readonly dir: string;
  readonly ran: () => boolean;
}

/** Makes a project hostile: its configuration names a program that leaves a trace when it is run. */
export function makeHostile(
  dir: string,
  kind: "build.rustc" | "build.rustc-wrapper" | "build.rustc-workspace-wrapper" | "rust-toolchain",
): Hostile {
  const trace = path.join(dir, "ran");
  const program = path.join(dir, "evil", "bin", "rustc");
  mkdirSync(path.dirname(program), { recursive: true });
  for (const file of [program, path.join(path.dirname(program), "cargo")]) {
    writeFileSync(file, `#!/bin/sh\ntouch "${trace}"\nexit 1\n`);
    chmodSync(file, 0o755);
  }
  mkdirSync(path.join(dir, "evil", "lib"));
  if (kind === "rust-toolchain")
    writeFileSync(
      path.join(dir, "rust-toolchain.toml"),
      `[toolchain]\npath = "${path.join(dir, "evil")}"\n`,
    );
  else {
    const config = path.join(dir, ".cargo", "config.toml");
    const key = kind.slice("build.".length);
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace("[build]", `[build]\n${key} = "${program}"`),
    );
  }
  return { dir, ran: () => existsSync(trace) };
}
