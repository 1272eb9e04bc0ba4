import { failure } from "../failure.ts";
import { processIo } from "../io.ts";
import { analyse } from "./analyse.ts";
import { finish } from "./finish.ts";

/** Entry of `action.yml`: the first argument says which step it is. */
async function main(step: string | undefined): Promise<number> {
  const io = processIo("ape-lint", new AbortController().signal);
  try {
    if (step === "finish") return finish(io);
    await analyse(io);
    return 0;
  } catch (error) {
    return failure(error, io);
  }
}

process.exitCode = await main(process.argv[2]);
