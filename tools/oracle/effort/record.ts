import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** One call of rustc for the target, as cargo made it. */
export interface Invocation {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Without the path of rustc itself. */
  readonly args: readonly string[];
}

const WRAPPER = `#!/bin/sh
case " $* " in
  *" --crate-name ___ "*) ;;
  *" --target "*)
    log=$(mktemp "$APE_RECORD/call.XXXXXXXX")
    { pwd | tr '\\n' '\\0'; env -0; printf '\\0'; printf '%s\\0' "$@"; } > "$log" ;;
esac
exec "$@"
`;

/** Makes a `RUSTC_WRAPPER` that writes down each call for the target; answers with its environment. */
export async function recorder(dir: string): Promise<Record<string, string>> {
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const wrapper = join(dir, "wrapper.sh");
  await writeFile(wrapper, WRAPPER, { mode: 0o755 });
  return { RUSTC_WRAPPER: wrapper, APE_RECORD: dir };
}

/** Reads the calls back that a recorder has written down. */
export async function recorded(dir: string): Promise<Invocation[]> {
  const calls: Invocation[] = [];
  for (const name of (await readdir(dir)).filter((file) => file.startsWith("call.")).toSorted()) {
    calls.push(parseCall(await readFile(join(dir, name), "utf8")));
  }
  return calls;
}

function parseCall(text: string): Invocation {
  const [cwd = "", ...rest] = text.split("\0");
  const gap = rest.indexOf("");
  const env: Record<string, string> = {};
  for (const entry of rest.slice(0, gap))
    env[entry.slice(0, entry.indexOf("="))] = entry.slice(entry.indexOf("=") + 1);
  return { cwd, env, args: rest.slice(gap + 2, -1) };
}

/** The value behind an option of a call (`--crate-name`). */
export function option(call: Invocation, name: string): string | undefined {
  const at = call.args.indexOf(name);
  return at < 0 ? undefined : call.args[at + 1];
}
