import { InputError } from "../../util/errors.ts";
import { SHELLS } from "../commands.ts";
import { bash } from "../completions/bash.ts";
import { fish } from "../completions/fish.ts";
import { powershell } from "../completions/powershell.ts";
import { zsh } from "../completions/zsh.ts";
import type { Invocation } from "../invocation.ts";

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], () => string>> = {
  bash,
  zsh,
  fish,
  powershell,
};

/** Prints a completion script. */
export async function run({ operands, io }: Invocation): Promise<number> {
  const shell = SHELLS.find((each) => each === operands[0]);
  if (shell === undefined) {
    throw new InputError(`no completions for the shell ${operands[0]}`, {
      hint: `there are: ${SHELLS.join(", ")}`,
    });
  }
  io.stdout.write(SCRIPTS[shell]());
  return 0;
}
