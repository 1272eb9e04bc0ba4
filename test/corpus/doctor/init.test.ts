import { spawnSync } from "node:child_process";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { runCli } from "../../cli/support.ts";

const MINUTES = 60_000;
/** Names a linker like cosmocc's that has a real libcosmo.a behind it; its own variables come from the environment. */
const linker = process.env["COSMO_LINKER"];

test.skipIf(linker === undefined)(
  "what init writes builds a program that runs (needs COSMO_LINKER and nightly with rust-src)",
  { timeout: 15 * MINUTES },
  async () => {
    await using fixture = await createFixture({
      "Cargo.toml": '[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/main.rs": HELLO,
    });
    expect(await runCli(["init", fixture.path, "--no-cargo"])).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(await runCli(["doctor", fixture.path, "--no-cargo"])).toMatchObject({ code: 0 });
    const built = spawnSync("cargo", ["+nightly", "ape-x86_64"], {
      cwd: fixture.path,
      encoding: "utf8",
    });
    expect(built.status, built.stderr).toBe(0);
    const program = path.join(
      fixture.path,
      "target/x86_64-unknown-linux-cosmo/release/hello.com.dbg",
    );
    const ran = spawnSync(program, ["one", "two"], { encoding: "utf8" });
    expect(ran.stdout).toBe("hello with 2 words; nothing.txt: NotFound; thread: 42\n");
    expect(ran.status).toBe(0);
  },
);

/** Asks for arguments, an error with its text (the shim), and a thread. */
const HELLO = `fn main() {
    let error = std::fs::read("nothing.txt").unwrap_err();
    assert!(!error.to_string().is_empty());
    let answer = std::thread::spawn(|| 42).join().unwrap();
    let words = std::env::args().count() - 1;
    println!("hello with {words} words; nothing.txt: {:?}; thread: {answer}", error.kind());
}
`;
