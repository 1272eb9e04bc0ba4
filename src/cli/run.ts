import type { CommandSpec } from "./commands.ts";
import { failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { VERSION } from "../util/version.ts";
import { buildProgram, exitCodeOf } from "./program.ts";

/** Runs one command line, without program and script; the number is the exit code. Never throws. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const run = async (
    spec: CommandSpec,
    operands: string[],
    options: Record<string, unknown>,
  ): Promise<void> => {
    const module = await spec.load();
    code = await module.run({ operands, options, io });
  };
  try {
    await buildProgram({ io, version: VERSION, run }).parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return exitCodeOf(error) ?? failure(error, io);
  }
}
