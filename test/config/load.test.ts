import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.ts";
import { InputError } from "../../src/util/errors.ts";

const NO_ENV = {};

async function load(
  files: Record<string, string>,
  options: { start?: string; named?: string; env?: Record<string, string> } = {},
): Promise<{ by: string | undefined; file: string | undefined; config: unknown }> {
  await using fixture = await createFixture(files);
  const { by, file, config } = loadConfig({
    cwd: fixture.path,
    start: path.join(fixture.path, options.start ?? "."),
    named: options.named,
    env: options.env ?? NO_ENV,
  });
  const shown =
    file === undefined ? undefined : path.relative(fixture.path, file).replaceAll("\\", "/");
  return { by, file: shown, config };
}

async function mistake(text: string, name = "ape-lint.toml"): Promise<string> {
  const error = await load({ [name]: text }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof InputError)) throw new Error(`no InputError but ${String(error)}`);
  return [error.place, error.message, error.hint].filter(Boolean).join(" | ");
}

test("nothing there: everything is at its default", async () => {
  expect(await load({ "Cargo.toml": "[package]\nname = 'a'\n" })).toEqual({
    by: undefined,
    file: undefined,
    config: {},
  });
});

test("precedence: --config, APE_LINT_CONFIG, nearest file, manifest", async () => {
  const files = {
    ".git/HEAD": "",
    "flag.toml": "profile = 'flag'",
    "variable.toml": "profile = 'variable'",
    "ape-lint.toml": "profile = 'root'",
    "member/.ape-lint.toml": "profile = 'member'",
    "member/deep/Cargo.toml": "[package.metadata.ape-lint]\nprofile = 'manifest'",
  };
  const env = { APE_LINT_CONFIG: "variable.toml" };
  expect((await load(files, { env, named: "flag.toml" })).config).toEqual({ profile: "flag" });
  expect((await load(files, { env })).config).toEqual({ profile: "variable" });
  expect((await load(files)).file).toBe("ape-lint.toml");
  expect((await load(files, { start: "member/deep" })).file).toBe("member/.ape-lint.toml");
});

test("a manifest's table, of the package or of the workspace", async () => {
  const workspace = {
    "Cargo.lock": "",
    "Cargo.toml": "[workspace.metadata.ape-lint]\nprofile = 'w'",
  };
  const member = {
    "a/Cargo.toml": "[package.metadata.ape-lint]\nprofile = 'p'",
    "b/Cargo.toml": "[package]",
  };
  expect((await load({ ...workspace, ...member }, { start: "a" })).config).toEqual({
    profile: "p",
  });
  expect((await load({ ...workspace, ...member }, { start: "b" })).config).toEqual({
    profile: "w",
  });
});

test("the search ends at the project's root", async () => {
  const files = {
    "ape-lint.toml": "profile = 'other'",
    "project/.git/HEAD": "",
    "project/a/x": "",
  };
  expect((await load(files, { start: "project/a" })).config).toEqual({});
  expect(
    (await load({ "ape-lint.toml": "profile = 'other'", "loose/x": "" }, { start: "loose" }))
      .config,
  ).toEqual({});
});

test("all keys, a day with and without quotes", async () => {
  const { config } = await load({
    "ape-lint.toml": [
      'hosts = ["linux-x64", "windows-x64"]',
      'profile = "ape-rs"',
      'release = "4.0.2"',
      'fail-on = "warning"',
      "pedantic = true",
      'rule-folders = ["lint"]',
      "cfgs = ['tokio_unstable', 'io=\"x\"']",
      "[cargo]",
      'features = ["a"]',
      "[levels]",
      'c-dependency = "off"',
      "[[ignore]]",
      'rule = "errno-literal"',
      'crate = "mio@1"',
      'reason = "tested by hand"',
      "until = 2027-01-31",
      "[[ignore]]",
      'symbol = "EAGAIN"',
      'reason = "the same everywhere that we ship to"',
      'until = "2027-02-28"',
    ].join("\n"),
  });
  expect(config).toMatchObject({
    "fail-on": "warning",
    levels: { "c-dependency": "off" },
    ignore: [{ until: "2027-01-31" }, { until: "2027-02-28" }],
  });
});

test("mistakes: where, what, and what was meant", async () => {
  expect(await mistake('profil = "none"')).toBe(
    "ape-lint.toml:1:1 | unknown key `profil` | did you mean profile?",
  );
  expect(await mistake('[levels]\nerrno-literal = "warn"')).toBe(
    "ape-lint.toml:2:17 | `levels.errno-literal` cannot be `warn` | one of: error, warning, note, off",
  );
  expect(await mistake('hosts = ["linux-x64",\n  "windows"]')).toContain("ape-lint.toml:2:3 | ");
  expect(await mistake('[[ignore]]\nrule = "a"')).toBe(
    "ape-lint.toml:1:1 | the key `reason` is missing",
  );
  expect(await mistake('[[ignore]]\nreason = "  "')).toContain("ape-lint.toml:2:10");
  expect(await mistake('[[ignore]]\nreason = "r"\nuntil = "2027-02-31"')).toBe(
    "ape-lint.toml:3:1 | there is no day 2027-02-31",
  );
  expect(await mistake("profile = = 1")).toMatch(/^ape-lint.toml:1:11 \| not valid TOML/u);
  expect(
    await mistake(
      '[package]\nname = "a"\n[package.metadata.ape-lint]\nhost = ["linux-x64"]',
      "Cargo.toml",
    ),
  ).toBe("Cargo.toml:4:1 | unknown key `host` | did you mean hosts?");
});

test("a named file that is not there", async () => {
  await expect(load({ x: "" }, { named: "gone.toml" })).rejects.toThrow(
    "there is no configuration file gone.toml",
  );
});

test("an endless file is refused", async () => {
  expect(await mistake(`profile = "${"x".repeat(1024 * 1024)}"`)).toContain("larger than 1 MiB");
});

test("byte order mark and CRLF", async () => {
  expect(
    (await load({ "ape-lint.toml": "\ufeffprofile = 'none'\r\npedantic = true\r\n" })).config,
  ).toEqual({
    profile: "none",
    pedantic: true,
  });
});
