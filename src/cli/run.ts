import { CommanderError } from "commander";
import type { CommandSpec } from "./commands.ts";
import { EXIT } from "./exit-codes.ts";
import { failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { InputError } from "../util/errors.ts";
import { VERSION } from "../util/version.ts";
import { buildProgram } from "./program.ts";
import { usageError } from "./usage.ts";

/** Runs one command line, without program and script; the number is the exit code. Never throws. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const run = async (
    spec: CommandSpec,
    operands: string[],
    options: Record<string, unknown>,
  ): Promise<void> => {
    if (options["shard"] !== undefined && spec.inParts !== true)
      throw new InputError(`\`${spec.name}\` does not know --shard: it speaks of the whole tree`, {
        hint: "`check --shard I/N` does one part, and `merge` joins the reports of all",
      });
    const module = await spec.load();
    code = await module.run({ operands, options, io });
  };
  try {
    await buildProgram({ io, version: VERSION, run }).parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return failure(error, io);
    // NOTE: commander ends help and version by an error, too.
    if (error.exitCode === 0) return EXIT.clean;
    return failure(usageError(error, { args, command: io.command }), io);
  }
}
