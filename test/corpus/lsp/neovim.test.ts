import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createFixture } from "fs-fixture";
import { expect, onTestFinished, test } from "vitest";
import { missing } from "../missing.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** What an editor has to mark, behind characters of every width; `104` becomes a name by the code action. */
const LINES = [
  "//! Names of libc behind characters of every width.",
  "",
  "/// Behind nothing.",
  "pub fn plain() -> i32 {",
  "    libc::MSG_NOSIGNAL",
  "}",
  "",
  "/// Behind a tab, Chinese and an emoji.",
  "pub fn odd(error: &std::io::Error) -> bool {",
  '\tlet _ = "漢字 🦀"; error.raw_os_error() == Some(104)',
  "}",
  "",
  "/// Behind an accent that is a character of its own.",
  "pub fn accent() -> i32 {",
  '    let _ = "e\u0301 👩‍👩‍👧"; libc::EAGAIN',
  "}",
  "",
];
const MARKED = ["5 MSG_NOSIGNAL", "10 104", "15 EAGAIN"];

interface Session {
  readonly version: string;
  readonly before: readonly { line: number; marked: string; code: string }[];
  readonly edited: readonly { line: number; marked: string; code: string }[];
  readonly hover?: string;
  readonly applied?: string;
  readonly symbols?: number;
  readonly clients?: number;
  readonly problem?: string;
  readonly messages?: string;
}

const noEditor = missing("nvim") ?? missing("cargo");
const noAnalyzer = noEditor ?? missing("rust-analyzer");
for (const why of new Set([noEditor, noAnalyzer]))
  if (why !== undefined) process.stderr.write(`Neovim (SKIPPED: ${why})\n`);

async function project(): Promise<string> {
  const fixture = await createFixture({
    "Cargo.toml":
      '[package]\nname = "odd"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nlibc = "0.2"\n',
    // NOTE: this is about names of libc; what is said of std's own types is not
    "ape-lint.toml": '[levels]\nstd-error-text = "off"\n',
    "src/lib.rs": LINES.join("\n"),
  });
  onTestFinished(() => fixture.rm());
  const dir = fixture.path.replace(/[\\/]$/u, "");
  execFileSync("cargo", ["generate-lockfile"], { cwd: dir, stdio: "ignore" });
  return dir;
}

function runNeovim(dir: string, other?: string): Session {
  const out = path.join(dir, "seen.json");
  const file = path.join(dir, "src/lib.rs");
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const server = [process.execPath, "--import", tsx, path.join(ROOT, "src/cli/main.ts")];
  const line = LINES.findIndex((text) => text.includes("104"));
  const words = [
    "--headless",
    "--clean",
    "-n",
    "-S",
    path.join(import.meta.dirname, "session.lua"),
  ];
  const ran = spawnSync("nvim", words, {
    encoding: "utf8",
    timeout: 300_000,
    env: {
      ...process.env,
      APE_ROOT: dir,
      APE_FILE: file,
      APE_OUT: out,
      APE_CMD: JSON.stringify([...server, "lsp", "--stdio"]),
      APE_BECOMES: "ECONNRESET",
      APE_WANTED: String(MARKED.length),
      APE_AT: JSON.stringify({ line, character: LINES[line]!.indexOf("104") + 1 }),
      ...(other === undefined ? {} : { APE_OTHER: other }),
    },
  });
  expect(ran.error).toBeUndefined();
  return JSON.parse(readFileSync(out, "utf8")) as Session;
}

function marks(found: Session["before"]): string[] {
  return found
    .map(({ line, marked }) => `${line} ${marked}`)
    .toSorted((a, b) => parseInt(a, 10) - parseInt(b, 10));
}

/** The session as it must be, alone or beside another server. */
function check(dir: string, seen: Session): void {
  expect(marks(seen.before)).toEqual(MARKED);
  expect(seen.applied).toBeDefined();
  expect(marks(seen.edited)).toEqual(MARKED.with(1, "10 ECONNRESET"));
  const text = readFileSync(path.join(dir, "src/lib.rs"), "utf8");
  expect(text).toContain('\tlet _ = "漢字 🦀"; error.raw_os_error() == Some(libc::ECONNRESET)');
  const built = spawnSync("cargo", ["check", "--quiet"], { cwd: dir, encoding: "utf8" });
  expect(built.stderr).toBe("");
}

test.skipIf(noEditor !== undefined)(
  "Neovim marks what we say behind wide characters and applies a repair that compiles",
  async () => {
    const dir = await project();
    const seen = runNeovim(dir);
    expect(seen.problem).toBeUndefined();
    check(dir, seen);
  },
);

test.skipIf(noAnalyzer !== undefined)(
  "rust-analyzer in the same buffer disturbs nothing",
  async () => {
    const dir = await project();
    const analyzer = execFileSync("rustup", ["which", "rust-analyzer"], {
      encoding: "utf8",
    }).trim();
    const seen = runNeovim(dir, analyzer);
    expect(seen.problem).toBeUndefined();
    check(dir, seen);
    expect(seen.clients).toBe(2);
    expect(seen.symbols).toBe(3);
  },
);
