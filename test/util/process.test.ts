import path from "node:path";

import { expect, test } from "vitest";

import { run, type RunOptions } from "../../src/util/process.ts";

const options: RunOptions = { cwd: path.parse(process.cwd()).root, env: {} };

const node = (script: string, more: Partial<RunOptions> = {}) =>
  run(process.execPath, ["-e", script], { ...options, ...more });

test("collects both streams and the exit code", async () => {
  expect(
    await node("console.log('out'); console.error('err'); process.exitCode = 3"),
  ).toMatchObject({
    stdout: "out\n",
    stderr: "err\n",
    code: 3,
  });
});

test("tells stderr line by line, also where a line comes in pieces", async () => {
  const lines: string[] = [];
  await node("process.stderr.write('a\\nb'); setTimeout(() => process.stderr.write('c\\n'), 50)", {
    onStderrLine: (line) => lines.push(line),
  });
  expect(lines).toEqual(["a", "bc"]);
});

test("ends a child that takes too long", async () => {
  expect(await node("setInterval(() => 0, 1000)", { timeoutMs: 200 })).toMatchObject({
    code: null,
    ended: "timeout",
  });
});

test("ends a child that writes too much", async () => {
  expect(
    await node("for (;;) process.stdout.write('x'.repeat(65536))", { maxBytes: 100_000 }),
  ).toMatchObject({ code: null, ended: "output" });
});

test("ends a child when it is told to", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  expect(await node("setInterval(() => 0, 1000)", { signal: stop.signal })).toMatchObject({
    code: null,
    ended: "aborted",
  });
  expect(await node("0", { signal: AbortSignal.abort() })).toMatchObject({ ended: "aborted" });
});

test("a program that is not there rejects with Node's error", async () => {
  await expect(run("/no/such/program", [], options)).rejects.toMatchObject({ code: "ENOENT" });
});

test("arguments are never read by a shell", async () => {
  const { stdout } = await run(
    process.execPath,
    ["-e", "console.log(process.argv[1])", "$(id); `id`"],
    options,
  );
  expect(stdout).toBe("$(id); `id`\n");
});
