import { createHash } from "node:crypto";
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readReport } from "../../src/report/read.ts";
import { FORMATS } from "../../src/report/options.ts";
import { runCli } from "../cli/support.ts";
import { elementsOf } from "../report/html/elements.ts";

/** How often a property is tried: a few times in `npm test`, `FUZZ` times as often in `npm run fuzz`. */
export function tries(few: number): { numRuns: number; seed?: number } {
  const factor = Number(process.env["FUZZ"] ?? 1);
  return factor === 1 ? { numRuns: few, seed: 1 } : { numRuns: Math.ceil(few * factor) };
}

/** No run on a few files takes longer, however slow the machine. */
const LONGEST_MS = 20_000;

/** Words by which a mistake of ours shows, wherever it is told. */
const OURS =
  /ape-lint failed|Cannot (?:read|set|access) |Maximum call stack|is not (?:a function|iterable|defined|an object)|undefined|Invalid (?:array|string) length|\[object Object\]|\bNaN\b/;

type Files = Readonly<Record<string, string | Buffer>>;

/** A folder of files that is looked at as a whole, with one beside it that nobody may touch. */
export class Sandbox {
  readonly dir: string;
  readonly project: string;

  constructor(seed?: string) {
    this.dir = mkdtempSync(path.join(tmpdir(), "ape-lint-fuzz-"));
    this.project = path.join(this.dir, "project");
    mkdirSync(this.project);
    if (seed !== undefined) cpSync(seed, this.project, { recursive: true });
    this.write({ "../outside.rs": "pub const SECRET: i32 = libc::EAGAIN;\n" });
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.project, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Every file below a folder with what it holds. */
export function snapshot(dir: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).toSorted()) {
      const file = path.join(folder, name);
      const stat = lstatSync(file);
      if (stat.isDirectory()) walk(file);
      else if (stat.isFile())
        found.set(
          path.relative(dir, file),
          createHash("sha256").update(readFileSync(file)).digest("hex"),
        );
    }
  };
  walk(dir);
  return found;
}

/** Why a text is not valid in its format; undefined when it is. */
function invalid(format: string, text: string): string | undefined {
  try {
    if (format === "json") readReport(text, "out");
    if (format === "sarif" || format === "gitlab") JSON.parse(text);
    if (format === "jsonl" || format === "cargo-json")
      text
        .split("\n")
        .slice(0, -1)
        .forEach((line) => JSON.parse(line));
    if (format === "html") elementsOf(text);
  } catch (error) {
    return `${format}: ${String(error)}`;
  }
  // NOTE: a line break is the only control character that text formats need.
  const steering = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u.exec(text);
  return steering === null
    ? undefined
    : `${format}: a character that steers: ${JSON.stringify(steering[0])}`;
}

/** What a run must never do, as a list of what it did; empty is good. */
export async function broken(sandbox: Sandbox, args: readonly string[]): Promise<string[]> {
  const before = snapshot(sandbox.dir);
  const outputs = path.join(tmpdir(), `${path.basename(sandbox.dir)}-out`);
  mkdirSync(outputs, { recursive: true });
  const files = FORMATS.map((format) => [format, path.join(outputs, format)] as const);
  const started = performance.now();
  try {
    const flags = files.flatMap(([format, file]) => ["--format", `${format}=${file}`]);
    const { code, stderr, stdout } = await runCli(
      [...args, "--no-cargo", "--no-cache", "--all", "--pedantic", ...flags],
      {
        cwd: sandbox.project,
      },
    );
    const took = performance.now() - started;
    const texts =
      code === 0 || code === 1
        ? files.map(([format, file]) => [format, readFileSync(file, "utf8")] as const)
        : [];
    const ours = [stderr, ...texts.filter(([format]) => format === "text").map(([, text]) => text)];
    return [
      ...(code >= 0 && code <= 3 ? [] : [`exit code ${code}`]),
      ...(code > 1 && stderr === "" ? ["an exit code without a word"] : []),
      ...(stdout === "" ? [] : [`on stdout: ${stdout.slice(0, 200)}`]),
      ...ours
        .flatMap((text) => OURS.exec(text.replaceAll("received undefined", ""))?.[0] ?? [])
        .map((text) => `a mistake of ours: ${text}`),
      ...(/\n {4}at /u.test(stderr) ? ["a stack"] : []),
      ...texts.flatMap(([format, text]) => invalid(format, text) ?? []),
      ...(texts.some(([, text]) => text.includes("SECRET")) ? ["a file outside was read"] : []),
      ...(took < LONGEST_MS ? [] : [`${Math.round(took)} ms`]),
      ...changes(before, snapshot(sandbox.dir)),
    ];
  } finally {
    rmSync(outputs, { recursive: true, force: true });
  }
}

function changes(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `changed: ${name}`);
}
