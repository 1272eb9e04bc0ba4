import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/kb/load.ts";
import { missingTool, run, type Ended } from "../../tools/oracle/cargo.ts";
import { makeShim, STATICS_CFG } from "../../tools/oracle/effort/shim.ts";
import { tripleOf } from "../../tools/oracle/model.ts";
import { STATICS } from "../fix/support.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/fix");
const LIBC = "0.2.186";
const TARGET = tripleOf("x86_64");

const missing = await missingTool(TARGET);
const note = missing === undefined ? "" : ` (SKIPPED: ${missing})`;
if (note !== "") process.stderr.write(`fixes against rustc${note}\n`);

/** The low 64 bits of a constant, as an assembler takes them. */
function low(value: number | null | undefined): string {
  return BigInt.asUintN(64, BigInt(value ?? 0)).toString();
}

/**
 * What fixes made, built by cargo and run. `cargo check` would not do: a constant that reads a static in `unsafe` and a
 * `const fn` that does are refused when code is generated, or never.
 */
describe.skipIf(missing !== undefined)(`against a libc of extern statics${note}`, () => {
  let cache = "";
  let shim = "";
  let statics: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), "ape-lint-fix-"));
    const made = await makeShim(LIBC, new Set(STATICS), "x86_64", cache);
    ({ dir: shim, statics } = made);
  });
  afterAll(() => rm(cache, { recursive: true, force: true }));

  /** A package of the fixtures: as they are written, or as fixes made them. */
  async function package_(name: string, state: "written" | "fixed"): Promise<string> {
    const dir = join(cache, name);
    await mkdir(dir);
    await cp(FIXTURES, join(dir, "src"), { recursive: true });
    const files = (await readdir(join(dir, "src"))).filter((file) => file.endsWith(".fixed.rs"));
    for (const file of files) {
      const path = join(dir, "src", file);
      if (state === "fixed") await rename(path, path.replace(".fixed.rs", ".rs"));
      else await rm(path);
    }
    const dependency = `[dependencies]\nlibc = "=${LIBC}"\n[patch.crates-io]\nlibc = { path = "${shim}" }\n`;
    const bin = '[[bin]]\nname = "program"\npath = "src/program/main.rs"\n';
    const head = `[package]\nname = "fixed"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n`;
    await writeFile(join(dir, "Cargo.toml"), `${head}${bin}${dependency}`);
    return dir;
  }

  /** The linker's view of the constants: variables with Linux's numbers. */
  async function defineStatics(dir: string): Promise<void> {
    const { constants } = loadKnowledge();
    const lines = [...statics].map(
      // NOTE: a number beyond 2^53 is not exact here; the program uses none of those.
      (name) => `.globl ${name}\\n${name}: .quad ${low(constants[name]?.libc.x86_64)}\\n`,
    );
    await writeFile(
      join(dir, "src/program/statics.rs"),
      `std::arch::global_asm!(".data\\n${lines.join("")}.text");\n`,
    );
    const program = join(dir, "src/program/main.rs");
    const text = await readFile(program, "utf8");
    await writeFile(program, text.replace("\nuse ", "\nmod statics;\nuse "));
  }

  function cargo(dir: string, args: readonly string[], flags = ""): Promise<Ended> {
    const env = { CARGO_TARGET_DIR: join(cache, "target"), RUSTFLAGS: flags };
    return run("cargo", [...args, "--target", TARGET, "--offline"], { cwd: dir, env });
  }

  it("the fixed program builds, and says on Linux what the one that was written says", async () => {
    const before = await cargo(await package_("before", "written"), ["run", "-q"]);
    expect(before.code, before.stderr).toBe(0);
    expect(before.stdout.split("\n").length).toBeGreaterThan(400);
    const dir = await package_("after", "fixed");
    await defineStatics(dir);
    for (const profile of [
      ["run", "-q"],
      ["run", "-q", "--release"],
    ]) {
      const after = await cargo(dir, profile, `--cfg ${STATICS_CFG}`);
      expect(after.code, after.stderr.slice(-3000)).toBe(0);
      expect(after.stdout).toBe(before.stdout);
    }
  });

  it("what was written does not build: the statics are there", async () => {
    const dir = await package_("unfixed", "written");
    const { code, stderr } = await cargo(dir, ["build"], `--cfg ${STATICS_CFG}`);
    expect(code).toBe(101);
    expect(stderr).toContain("error[E0532]");
  });

  it("what fixes leave alone would not build, and says so", async () => {
    const dir = await package_("left", "fixed");
    await writeFile(
      join(dir, "src/program/main.rs"),
      '#[path = "../left.rs"]\nmod left;\nfn main() { println!("{}", left::Level::SOCKET); }\n',
    );
    const { code, stderr } = await cargo(dir, ["build"], `--cfg ${STATICS_CFG}`);
    expect(code).toBe(101);
    expect(stderr).toMatch(/error\[E0(?:532|133|080|658)\]/u);
  });
});
