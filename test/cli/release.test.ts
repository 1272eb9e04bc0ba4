import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./support.ts";

interface Found {
  readonly rule: string;
  readonly symbol: string;
}

async function foundWith(release: string): Promise<readonly string[]> {
  const { stdout } = await runCli(
    [
      "check",
      "fixtures/demo",
      "--no-cargo",
      "--all",
      "--quiet",
      "--format",
      "json",
      "--release",
      release,
    ],
    { cwd: path.join(import.meta.dirname, "../..") },
  );
  const { results } = JSON.parse(stdout) as { readonly results: readonly Found[] };
  return results.map(({ rule, symbol }) => `${rule} ${symbol}`);
}

const ERRORS = ["runtime-constant EAGAIN", "runtime-constant EINTR", "errno-literal 104"];
const OTHERS = ["runtime-constant AF_INET6", "runtime-constant MSG_NOSIGNAL"];

test("where a release answers Linux's error numbers, these results go and the others stay", async () => {
  expect(await foundWith("4.0.2")).toEqual(expect.arrayContaining([...ERRORS, ...OTHERS]));
  const master = await foundWith("master");
  expect(master).toEqual(expect.arrayContaining(OTHERS));
  expect(master.filter((one) => ERRORS.includes(one))).toEqual([]);
});
