import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { defaultCacheDir } from "../../src/cargo/index.ts";
import { MeasuredServer } from "./lsp-client.ts";
import { PROGRAM } from "./setup.ts";

/** What an editor waits for, measured with a real server on a workspace of more than 400 crates. */
const PAGE = resolve(import.meta.dirname, "../../docs/performance-lsp.md");
const SIZES = [2000, 10_000] as const;
/** What the server itself waits for further keys. */
const QUIET_MS = 150;
/** How long a file is read before somebody types in it. */
const READING_MS = 4000;

/** Published crates that together bring more than 400 into one program. */
const MANIFEST = `[package]
name = "edited"
version = "0.1.0"
edition = "2021"

[dependencies]
libc = "0.2"
coreutils = { version = "0.12.0", default-features = false, features = ["feat_os_unix_musl"] }
reqwest = "0.12"
hickory-resolver = "0.26"
tokio = { version = "1", features = ["full"] }
nix = { version = "0.31", features = ["fs", "process"] }
notify = "8"
quinn = "0.11"
rustyline = "19"
sysinfo = "0.40"
crossterm = "0.29"
portable-pty = "0.9"
async-process = "2"
`;

const rounds = Number(process.argv[2] ?? 20);
const dir = join(defaultCacheDir(), "bench", "editor");
mkdirSync(join(dir, "src"), { recursive: true });
writeFileSync(join(dir, "Cargo.toml"), MANIFEST);
writeFileSync(
  join(dir, "src/main.rs"),
  `${SIZES.map((n) => `mod lines_${n};`).join("\n")}\nfn main() {${SIZES.map((n) => ` lines_${n}::f0();`).join("")} }\n`,
);
for (const size of SIZES) writeFileSync(fileOf(size), sourceOf(size));
execFileSync("cargo", ["fetch", "--target", "x86_64-unknown-linux-musl"], {
  cwd: dir,
  stdio: "inherit",
});
const crates = execFileSync(
  "cargo",
  [
    "tree",
    "--offline",
    "--target",
    "x86_64-unknown-linux-musl",
    "-e",
    "normal,build",
    "--prefix",
    "none",
  ],
  { cwd: dir, encoding: "utf8" },
);
const packages = new Set(crates.split("\n").map((line) => line.replace(/ \(.*$/u, ""))).size - 1;

const load = loadavg()[0]!;
// NOTE: the first server fills the cache, so that the second shows what a day's first look costs
const cold = new MeasuredServer([process.execPath, PROGRAM]);
const firstMs = await cold.start(dir);
const progressMs = cold.progress;
await cold.stop();
const server = new MeasuredServer([process.execPath, PROGRAM]);
const warmMs = await server.start(dir);
const rows: string[] = [];
for (const size of SIZES) rows.push(...(await measure(size)));
await pause(5000);
const idle = server.megabytes();
await server.stop();
writeFileSync(PAGE, page());

function fileOf(size: number): string {
  return join(dir, `src/lines_${size}.rs`);
}

/** Ordinary code: mostly nothing to say, a name of libc every fifty lines. */
function sourceOf(lines: number): string {
  const blocks = Array.from({ length: lines / 10 }, (_, at) => {
    const value = at % 5 === 0 ? "libc::MSG_NOSIGNAL" : `${at}`;
    return [
      `/// Adds up, number ${at}.`,
      `pub fn f${at}() -> i32 {`,
      `    let mut sum: i32 = ${value};`,
      `    for each in 0..${at + 1} {`,
      "        if each % 3 == 0 {",
      '            sum += i32::try_from("text".len()).unwrap_or(0);',
      "        }",
      "    }",
      `    sum${at === 0 ? "" : ` + f${at - 1}()`}`,
      "}",
    ].join("\n");
  });
  return `${blocks.join("\n")}\n`;
}

async function measure(size: number): Promise<string[]> {
  const opened: number[] = [];
  const typed: number[] = [];
  const text = sourceOf(size);
  for (let round = 0; round < rounds; round++) {
    opened.push(await server.open(fileOf(size), text, round * 100));
    if (round + 1 < rounds) await server.close(fileOf(size));
    await pause(50);
  }
  // NOTE: nobody types in the moment in which a file opens
  await pause(READING_MS);
  const before = server.processor();
  // NOTE: what is typed is code that has something to say, so that every keystroke changes the diagnostics
  for (let round = 0; round < rounds; round++)
    typed.push(
      (await server.type(fileOf(size), rounds * 100 + round, 0, "const _: i32 = libc::EAGAIN;\n")) -
        QUIET_MS,
    );
  const processor = (server.processor() - before) / rounds;
  await server.close(fileOf(size));
  await pause(500);
  return [
    `| open a file of ${count(size)} lines | ${ms(median(opened))} | ${ms(percentile(opened))} | |`,
    `| a keystroke in ${count(size)} lines | ${ms(median(typed))} | ${ms(percentile(typed))} | ${ms(processor)} |`,
  ];
}

function page(): string {
  return `# What an editor waits for

Written by \`npm run bench:lsp\`: a real \`ape-lint lsp\` on its pipe, a workspace with ${packages} packages in the program,
${rounds} rounds each. Milliseconds from the message to the diagnostics; for keystrokes without the ${QUIET_MS} ms that the server
waits for the next one, and ${READING_MS / 1000} s after the file was opened. The machine's load when it began was ${load.toFixed(1)} on its two cores: with others at work the
processor's own time is the better figure.

| what | median | 95 of 100 | processor time |
| --- | --- | --- | --- |
${rows.join("\n")}

| what | |
| --- | --- |
| first look at the tree, nothing kept from before or little | ${(firstMs / 1000).toFixed(1)} s |
| the same with what was kept | ${(warmMs / 1000).toFixed(1)} s |
| progress is shown after | ${progressMs === undefined ? "not shown" : `${ms(progressMs)} ms`} |
| memory when idle, after all this | ${idle === undefined ? "not known" : `${idle.toFixed(0)} MB`} |

Budgets: open 100 ms at 2,000 lines for 95 of 100; a keystroke 50 ms at 2,000 lines and 150 ms at 10,000; 250 MB;
progress within a second.
`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function ms(value: number): string {
  return value.toFixed(0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function percentile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
