import { spawnSync } from "node:child_process";

/** Why nothing that needs a program can be tested; undefined when it is there and runs. */
export function missing(program: string): string | undefined {
  const { status } = spawnSync(program, ["--version"], { stdio: "ignore" });
  return status === 0 ? undefined : `there is no working ${program} here`;
}
