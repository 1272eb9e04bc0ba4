import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { FORMATS } from "../../src/report/index.ts";
import { runCli } from "./support.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const DEMO = ["check", "fixtures/demo", "--no-cargo"];

interface Json {
  readonly packages: readonly { readonly name: string }[];
  readonly hosts: readonly string[];
  readonly results: readonly {
    readonly rule: string;
    readonly level: string;
    readonly symbol: string;
    readonly package: { readonly name: string };
    readonly suppressed?: { readonly reason: string };
  }[];
}

async function json(
  args: readonly string[],
  options: Parameters<typeof runCli>[1] = {},
): Promise<Json> {
  const { stdout, stderr } = await runCli([...args, "--format", "json"], { cwd: ROOT, ...options });
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout) as Json;
}

describe("the demo workspace, without cargo", () => {
  test("each way of being tied to Linux that it has is told", async () => {
    const { results, packages } = await json(DEMO);
    const told = new Set(results.map(({ rule, package: { name } }) => `${rule} in ${name}`));
    expect([...told]).toEqual(
      expect.arrayContaining([
        "errno-literal in echo-server",
        "runtime-constant in echo-server",
        "runtime-constant in plainsock",
        "compile-time-backend in echo-server",
        "linux-only-call in echo-server",
        "assembly-source in fast-mix",
        "c-dependency in fast-mix",
      ]),
    );
    expect(results.map(({ symbol }) => symbol)).toEqual(
      expect.arrayContaining(["MSG_NOSIGNAL", "EAGAIN", "EINTR", "SO_REUSEADDR", "AF_INET6"]),
    );
    const names = packages.map(({ name }) => name);
    expect(names).toContain("plainsock");
    expect(names).not.toContain("plainsock-windows");
  });

  test.each(FORMATS)("as %s it ends with the same code", async (format) => {
    const run = (...more: string[]): Promise<number> =>
      runCli([...DEMO, "--format", format, ...more], { cwd: ROOT }).then(({ code }) => code);
    expect(await run()).toBe(1);
    expect(await run("--fail-on", "never")).toBe(0);
    expect(await run("--strict")).toBe(3);
  });

  test("the same bytes twice, but for the time that it took", async () => {
    const run = (): Promise<string> =>
      runCli([...DEMO, "--format", "sarif"], { cwd: ROOT }).then(({ stdout }) => stdout);
    expect(await run()).toBe(await run());
  });

  test("several formats at once, each into its file", async () => {
    await using fixture = await createFixture({ x: "" });
    const sarif = path.join(fixture.path, "out.sarif");
    const { code, stdout } = await runCli(
      [...DEMO, "--format", `sarif=${sarif}`, "--format", "text"],
      { cwd: ROOT },
    );
    expect(code).toBe(1);
    expect(stdout).toContain("error[errno-literal]");
    expect(stdout).not.toContain("\u001b[");
    expect(JSON.parse(await fixture.readFile("out.sarif", "utf8"))).toMatchObject({
      version: "2.1.0",
    });
  });

  test("colours when they are asked for", async () => {
    const { stdout } = await runCli([...DEMO, "--color", "always"], { cwd: ROOT });
    expect(stdout).toContain("\u001b[");
  });

  test("one host only", async () => {
    const { hosts, results } = await json([...DEMO, "--host", "linux-x64"]);
    expect(hosts).toEqual(["linux-x64"]);
    expect(results.map(({ rule }) => rule)).not.toContain("runtime-constant");
  });
});

describe("what the user says about results", () => {
  test("a rule that is off, another level, an ignore with its reason", async () => {
    await using fixture = await createFixture({
      "ape.toml": [
        "[levels]",
        'c-dependency = "error"',
        'linux-only-call = "off"',
        "[[ignore]]",
        'rule = "errno-literal"',
        'reason = "tried on every host"',
        "[[ignore]]",
        'crate = "nobody"',
        'reason = "r"',
      ].join("\n"),
    });
    const config = ["--config", path.join(fixture.path, "ape.toml")];
    const { results } = await json([...DEMO, ...config]);
    expect(results.map(({ rule }) => rule)).not.toContain("linux-only-call");
    expect(results.find(({ rule }) => rule === "c-dependency")?.level).toBe("error");
    const literal = results.filter(({ rule }) => rule === "errno-literal");
    expect(literal.map(({ suppressed }) => suppressed?.reason)).toEqual(["tried on every host"]);
    const { stderr } = await runCli([...DEMO, ...config], { cwd: ROOT });
    expect(stderr).toMatch(/ape\.toml:7:1: this ignore fits no result/u);
    const all = await json([...DEMO, ...config, "--no-ignores"]);
    expect(all.results.every(({ suppressed }) => suppressed === undefined)).toBe(true);
  });

  test("a rule that there is none of is a mistake", async () => {
    const { code, stderr } = await runCli([...DEMO, "-D", "errno-literals"], { cwd: ROOT });
    expect(code).toBe(2);
    expect(stderr).toBe(
      "error: there is no rule errno-literals\n  hint: did you mean errno-literal?\n",
    );
  });
});

describe("one Rust file", () => {
  const code = "use libc::EAGAIN;\npub fn again(code: i32) -> bool { code == EAGAIN }\n";

  test("from standard input", async () => {
    const { results } = await json(["check", "-"], { stdin: code });
    expect(results.map(({ rule, symbol }) => `${rule} ${symbol}`)).toContain(
      "runtime-constant EAGAIN",
    );
  });

  test("by its name", async () => {
    await using fixture = await createFixture({ "again.rs": code });
    const { results } = await json(["check", "again.rs"], { cwd: fixture.path });
    expect(results.map(({ rule, symbol }) => `${rule} ${symbol}`)).toContain(
      "runtime-constant EAGAIN",
    );
  });
});

describe("input that cannot be used: one line, code 2", () => {
  test.each([
    ["no Cargo.toml", { "src/lib.rs": "" }, /Cargo\.toml/u],
    ["broken TOML", { "Cargo.toml": "[package\n" }, /Cargo\.toml/u],
    [
      "an unknown key in the configuration",
      { "Cargo.toml": "", "ape-lint.toml": "hots = []" },
      /did you mean hosts/u,
    ],
    [
      "a profile that there is none of",
      { "Cargo.toml": "", "ape-lint.toml": "profile = 'x'" },
      /profile/u,
    ],
    [
      "a release that there is none of",
      { "Cargo.toml": "", "ape-lint.toml": "release = '0.1'" },
      /release/u,
    ],
  ])("%s", async (_, files, message) => {
    await using fixture = await createFixture(files);
    const { code, stdout, stderr } = await runCli(["check", "--no-cargo"], { cwd: fixture.path });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: /u);
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("inventory", () => {
  test("every use of libc, one object per line", async () => {
    const { code, stdout } = await runCli(["inventory", "fixtures/demo", "--no-cargo"], {
      cwd: ROOT,
    });
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(rows).toContainEqual(
      expect.objectContaining({
        package: "echo-server",
        symbol: "eventfd",
        kind: "fn",
        via: "macro",
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ package: "plainsock", symbol: "SO_REUSEADDR", kind: "const" }),
    );
  });

  test("it has one form only", async () => {
    const { code, stderr } = await runCli(["inventory", "--format", "sarif"], { cwd: ROOT });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: the inventory is not told as sarif\n  hint: take jsonl\n",
    });
  });
});

describe("views of the same answer", () => {
  test("matrix: every host, every crate that has something to say", async () => {
    const { code, stdout } = await runCli(["matrix", "fixtures/demo", "--no-cargo"], { cwd: ROOT });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^crate +x64 +arm64 /mu);
    expect(stdout).toMatch(/^plainsock 0\.1\.4 +works +works +fails /mu);
    expect(stdout).not.toContain("plainsock-windows");
  });

  test("why: each way into the tree", async () => {
    const args = ["why", "plainsock", "fixtures/demo", "--no-cargo"];
    const { code, stdout } = await runCli(args, { cwd: ROOT });
    expect(code).toBe(0);
    expect(stdout).toContain("echo-server 0.3.0 → plainsock 0.1.4");
    const { stdout: text } = await runCli([...args, "--format", "json"], { cwd: ROOT });
    expect(JSON.parse(text)).toEqual([
      expect.objectContaining({ name: "plainsock", version: "0.1.4" }),
    ]);
  });

  test("why a crate that is not built", async () => {
    const args = ["why", "plainsock-windows", "fixtures/demo", "--no-cargo"];
    const { code, stderr } = await runCli(args, { cwd: ROOT });
    expect(code).toBe(2);
    expect(stderr).toContain('no crate "plainsock-windows" is compiled into this program');
  });
});

test("personas are short for switches that show more", async () => {
  const text = async (...args: string[]): Promise<string> =>
    (await runCli([...DEMO, "--no-cargo", ...args])).stdout.replace(/ · [\d.]+ s/u, "");
  const regular = await text();
  expect(await text("--persona", "regular")).toBe(regular);
  expect(await text("--persona", "pedantic")).toBe(await text("--pedantic"));
  const auditor = await text("--persona", "auditor");
  expect(auditor).toBe(await text("--pedantic", "--all", "--no-ignores"));
  expect(auditor.length).toBeGreaterThan(regular.length);
});

describe("a file by itself", () => {
  const code = `
    #[cfg(cosmo)] pub fn ours() -> i32 { libc::EAGAIN }
    #[cfg(not(cosmo))] pub fn theirs() -> i32 { libc::ECONNREFUSED }
  `;

  test.each([
    ["--cfg", "cosmo"],
    ["--profile", "ape-rs"],
  ])("is read with %s %s", async (...args) => {
    const { results } = await json(["check", "-", "--all", ...args], { stdin: code });
    const symbols = results.map(({ symbol }) => symbol);
    expect(symbols.includes("ECONNREFUSED")).toBe(false);
  });

  test("is not read for a target that no APE is compiled for", async () => {
    const args = ["check", "-", "--target", "x86_64-pc-windows-msvc"];
    const { code: exit, stderr } = await runCli(args, { stdin: code, cwd: ROOT });
    expect(exit).toBe(2);
    expect(stderr).toContain("x86_64-pc-windows-msvc");
  });
});

test("each comment that speaks of a place of a result that is told once is of use", async () => {
  const line = `std::fs::copy("a", "b").unwrap(); // ape-lint: allow(std-copy) tried\n`;
  const code = `pub fn both() {\n${line}${line}}\n`;
  const { stdout, stderr } = await runCli(["check", "-"], { stdin: code, cwd: ROOT });
  expect(stderr).not.toContain("can go");
  expect(stdout).not.toContain("[std-copy]");
});

test("a profile of one's own is looked for beside the configuration", async () => {
  await using fixture = await createFixture({
    "ape-lint.toml": 'profile = "sdk.yml"\n',
    "Cargo.toml": '[package]\nname = "x"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": "",
    "elsewhere/a.txt": "",
  });
  const cwd = path.join(fixture.path, "elsewhere");
  const { stderr } = await runCli(["check", "..", "--no-cargo"], { cwd });
  expect(stderr).toContain(path.join(fixture.path, "sdk.yml"));
});

test("a predicate that a macro puts together, or of several lines, ends where it begins or behind", async () => {
  const code = `
    macro_rules! is { ($key:ident) => { cfg!($key = "windows") } }
    pub fn both() -> bool {
        is!(target_os) && cfg!(any(
            target_os = "macos",
            target_os = "windows"
        ))
    }`;
  const { stdout } = await runCli(["check", "-", "--all", "--format", "json"], {
    stdin: code,
    cwd: ROOT,
  });
  const { results } = JSON.parse(stdout) as {
    results: { rule: string; start: { column: number }; end: { column: number } }[];
  };
  const found = results.filter(({ rule }) => rule === "compile-time-host");
  expect(found.length).toBeGreaterThan(0);
  for (const { start, end } of found) expect(end.column).toBeGreaterThan(start.column);
});
