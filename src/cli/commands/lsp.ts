import { serve } from "../../lsp/index.ts";
import { readFlags } from "../flags.ts";
import type { Invocation } from "../invocation.ts";

/** Serves an editor on standard input and output until it ends. */
export async function run({ options, io }: Invocation): Promise<number> {
  const flags = readFlags(options);
  const hosts = [...flags.host, ...flags.hosts];
  const code = await serve({
    input: process.stdin,
    output: process.stdout,
    env: io.env,
    defaults: {
      ...(typeof flags.config === "string" ? { configPath: flags.config } : {}),
      ...(flags.profile === undefined ? {} : { profile: flags.profile }),
      ...(flags.release === undefined ? {} : { release: flags.release }),
      ...(hosts.length === 0 ? {} : { hosts }),
      ...(flags.pedantic ? { pedantic: true } : {}),
      cargo: flags.cargo ? "auto" : "never",
      offline: flags.offline || flags.frozen,
      cache: flags.cache,
    },
  });
  // NOTE: a pipe that the editor keeps open would keep the process
  process.stdin.destroy();
  return code;
}
