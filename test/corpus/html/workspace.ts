import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const DEMO = path.join(import.meta.dirname, "../../../fixtures/demo");
const NAMES = [
  "EAGAIN",
  "EINTR",
  "ECONNRESET",
  "SOL_SOCKET",
  "SO_REUSEADDR",
  "AF_INET6",
  "MSG_NOSIGNAL",
];

function source(member: number, file: number): string {
  const uses = NAMES.map(
    (name, at) =>
      `/// Answers for ${name}.\npub fn is_${at}(code: i32) -> bool {\n    code == libc::${name}\n}\n`,
  );
  return `//! File ${file} of member ${member}.\n${uses.join("\n")}`;
}

function lockEntry(member: number): string {
  const before = member > 0 ? ` "member-${member - 1}",\n` : "";
  return `[[package]]\nname = "member-${member}"\nversion = "0.1.0"\ndependencies = [\n "libc",\n${before}]\n`;
}

/** Writes a workspace of `members` packages, each on top of the one before, with some 80 results in each. */
export function writeWorkspace(dir: string, members: number): void {
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  };
  for (const folder of ["vendor", ".cargo"])
    cpSync(path.join(DEMO, folder), path.join(dir, folder), { recursive: true });
  write("Cargo.toml", `[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n`);
  const libc = `[[package]]\nname = "libc"\nversion = "0.2.999"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n`;
  const members_ = Array.from({ length: members }, (_, member) => lockEntry(member));
  write("Cargo.lock", `version = 4\n\n${[libc, ...members_].join("\n")}`);
  for (let member = 0; member < members; member++) {
    const before =
      member > 0 ? `member-${member - 1} = { path = "../member-${member - 1}" }\n` : "";
    const folder = `crates/member-${member}`;
    write(
      `${folder}/Cargo.toml`,
      `[package]\nname = "member-${member}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nlibc = "0.2"\n${before}`,
    );
    const files = Array.from({ length: 12 }, (_, file) => file);
    write(`${folder}/src/lib.rs`, files.map((file) => `pub mod part_${file};\n`).join(""));
    for (const file of files) write(`${folder}/src/part_${file}.rs`, source(member, file));
  }
}
