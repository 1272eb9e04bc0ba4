import { readFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, onTestFinished, test } from "vitest";
import { openLive, tree, type LiveAnswer, type Tree } from "../../src/api.ts";
import type { RunOptions } from "../../src/model/options.ts";
import type { Result } from "../../src/model/result.ts";

const DEMO = path.resolve(import.meta.dirname, "../../fixtures/demo");
const OWNER = "echo-server";
const MAIN = "src/main.rs";
const EPOLL = "src/poller/epoll.rs";
const MOD = "src/poller/mod.rs";

function optionsFor(folder: string): RunOptions {
  return {
    input: { kind: "path", path: folder },
    cargo: { workspace: true },
    noCargo: true,
    cacheDir: false,
  };
}

function textOf(file: string): string {
  return readFileSync(path.join(DEMO, "crates", OWNER, file), "utf8");
}

/** What a run says of a package, but for what only a whole run knows: who gets there. */
function said(results: readonly Result[]): string[] {
  return results
    .filter((result) => result.package.name === OWNER)
    .map(({ file, span, rule, symbol, message, suppressed }) => {
      const { line, column } = span.start;
      return `${file}:${line}:${column} ${rule} ${symbol} ${suppressed?.kind ?? ""} ${message}`;
    })
    .toSorted();
}

async function live(edits: Record<string, string>): Promise<LiveAnswer> {
  const options = optionsFor(DEMO);
  const whole = await tree(options);
  const one = await openLive(whole, options, idOf(whole));
  return one.judge(new Map(Object.entries(edits)));
}

function idOf({ workspace }: Tree): string {
  return [...workspace.packages.values()].find(({ name }) => name === OWNER)!.id;
}

/** The same edits saved, and everything looked at again. */
async function saved(edits: Record<string, string>): Promise<Tree> {
  const fixture = await createFixture(DEMO);
  onTestFinished(() => fixture.rm());
  for (const [file, text] of Object.entries(edits))
    await fixture.writeFile(`crates/${OWNER}/${file}`, text);
  return tree(optionsFor(fixture.path));
}

const EDITS: Record<string, Record<string, string>> = {
  "nothing at all": { [MAIN]: textOf(MAIN) },
  "lines in front": { [MAIN]: `// one\n// two\n${textOf(MAIN)}` },
  "a new use of a constant": {
    [MAIN]: textOf(MAIN).replace("Ok(())\n}", "let _ = libc::EAGAIN;\n    Ok(())\n}"),
  },
  "an import far from its uses": {
    [MAIN]: textOf(MAIN)
      .replace("use std::io;", "use libc::{EINTR, MSG_NOSIGNAL as QUIET};\nuse std::io;")
      .replaceAll("libc::EINTR", "EINTR")
      .replaceAll("libc::MSG_NOSIGNAL", "QUIET"),
  },
  "results that go": { [MAIN]: textOf(MAIN).replace("Some(104) => Ok(()),", "") },
  "a number that is another": { [MAIN]: textOf(MAIN).replace("104", "111") },
  "a suppression": {
    [MAIN]: textOf(MAIN).replace(
      "            Some(104)",
      "            // ape-lint: allow(errno-literal) tried\n            Some(104)",
    ),
  },
  "a module of its own": {
    [MAIN]: `${textOf(MAIN).replace("loop {", "loop {\n        inner::f();")}\nmod inner {\n    pub fn f() -> i32 {\n        libc::EINTR\n    }\n}\n`,
  },
  "two files at once": {
    [MAIN]: `\n${textOf(MAIN)}`,
    [EPOLL]: textOf(EPOLL).replace("libc::EFD_CLOEXEC", "0"),
  },
  "an arm of cfg that goes": { [MOD]: textOf(MOD).replaceAll("kqueue", "other") },
};

test.each(Object.keys(EDITS))("before it is saved the same is said as after: %s", async (name) => {
  const edits = EDITS[name]!;
  const after = said(
    (await saved(edits)).report.results.filter(({ reachable }) => reachable !== "no"),
  );
  const before = said((await live(edits)).results.filter(({ reachable }) => reachable !== "no"));
  expect(before).toEqual(after);
});

test("what is said of texts does not depend on the texts before", async () => {
  const options = optionsFor(DEMO);
  const whole = await tree(options);
  const one = await openLive(whole, options, idOf(whole));
  const answers = new Set<string>();
  for (const name of [...Object.keys(EDITS), ...Object.keys(EDITS).toReversed()]) {
    const texts = new Map(Object.entries(EDITS[name]!));
    const fresh = (await openLive(whole, options, idOf(whole))).judge(texts);
    expect(one.judge(texts), name).toEqual(fresh);
    answers.add(JSON.stringify(fresh.results));
  }
  expect(answers.size).toBeGreaterThan(5);
});

test("a text that is broken while somebody types in it takes nothing from the other files", async () => {
  const broken = { [MAIN]: textOf(MAIN).replace("loop {", "loop {{{ match x {") };
  const others = (results: readonly Result[]): string[] =>
    said(results).filter((each) => each.startsWith("src/poller/"));
  expect(others((await live(broken)).results)).toEqual(others((await live({})).results));
});

test("a module that is about to be written is read as soon as it is named", async () => {
  const answer = await live({
    [MAIN]: `mod late;\n${textOf(MAIN)}`,
    "src/late.rs": "pub fn f() -> i32 {\n    libc::EINTR\n}\n",
  });
  expect(said(answer.results)).toContainEqual(
    expect.stringContaining("src/late.rs:2:11 runtime-constant EINTR"),
  );
});
