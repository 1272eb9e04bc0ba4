import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { manifestAt, workspaceFolderOf } from "../../cargo/workspace-root.ts";
import { initFiles, manifestTables, type NewFile } from "../../doctor/init.ts";
import { loadProfile } from "../../kb/profiles.ts";
import type { Profile } from "../../model/profile.ts";
import { InputError } from "../../util/errors.ts";
import { writeWithCopy } from "../doctor/write.ts";
import type { Invocation } from "../invocation.ts";
import type { Io } from "../io.ts";
import { settingsOf } from "../settings.ts";
import { parseToml, table } from "../../cargo/toml.ts";

/** Writes what builds an APE: target specifications, cargo's configuration, the toolchain, entries of Cargo.toml. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const { run: options } = await settingsOf(invocation);
  if (options.input.kind !== "path")
    throw new InputError("only a project of yours can be set up", { hint: "name its folder" });
  const manifest = manifestAt(options.input.path);
  const root = workspaceFolderOf(manifest) ?? path.dirname(manifest);
  const profile = loadProfile(options.profile);
  const files = initFiles(profile);
  refuseToOverwrite(root, files);
  for (const each of files) await put(root, each, io);
  await extendManifest(root, profile, io);
  for (const line of nextSteps(profile, files)) io.stdout.write(`${line}\n`);
  return 0;
}

function refuseToOverwrite(root: string, files: readonly NewFile[]): void {
  const there = files.filter(({ file }) => existsSync(path.join(root, file)));
  if (there.length === 0) return;
  throw new InputError(
    `${there.map(({ file }) => file).join(", ")} would be overwritten; nothing was written`,
    {
      hint: "move them away, or let `ape-lint doctor --fix` correct them",
    },
  );
}

async function put(root: string, { file, text, executable }: NewFile, io: Io): Promise<void> {
  const place = path.join(root, file);
  try {
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text, { flag: "wx" });
    if (executable === true) await chmod(place, 0o755);
  } catch (cause) {
    throw new InputError("cannot be written", { place: file, cause });
  }
  io.stdout.write(`wrote ${file}\n`);
}

/** Adds tables behind what is there; a table that is there already is the user's to extend. */
async function extendManifest(root: string, profile: Profile, io: Io): Promise<void> {
  const file = path.join(root, "Cargo.toml");
  const before = await readFile(file, "utf8");
  const tables = manifestTables(profile);
  const raw = parseToml(before, file);
  // NOTE: with `lints.workspace = true` cargo takes no lints of the package's own
  const { workspace, rust } = table(raw["lints"]) ?? {};
  const isThere = (header: string): boolean =>
    header === "[lints.rust]"
      ? workspace !== undefined || rust !== undefined
      : table(table(raw["patch"])?.["crates-io"]) !== undefined;
  const isPackage = /^\s*\[package\]/mu.test(before);
  const fits = (header: string): boolean => isPackage || header !== "[lints.rust]";
  const added = tables.filter(({ header }) => !isThere(header) && fits(header));
  const left = tables.filter((each) => !added.includes(each));
  if (added.length > 0) {
    const gap = before.endsWith("\n") ? "" : "\n";
    const more = added.map(({ header, text }) => `\n${header}\n${text}`).join("");
    const copy = await writeWithCopy({ file, before, after: `${before}${gap}${more}` });
    const names = added.map(({ header }) => header).join(" and ");
    io.stdout.write(`added ${names} to Cargo.toml; the old one is ${path.basename(copy ?? "")}\n`);
  }
  for (const { header, text } of left)
    io.stdout.write(`Cargo.toml has its own table for this; add under ${header}:\n${text}`);
}

function nextSteps(profile: Profile, files: readonly NewFile[]): string[] {
  const setup = (profile.setup ?? []).flatMap(({ text, run }) => [
    text,
    ...(run === undefined ? [] : [`  ${run}`]),
  ]);
  if (files.length === 0) return [`The SDK of ${profile.id} brings the rest:`, ...setup];
  return [
    ...setup,
    "Build: point COSMO at cosmocc's folder, then `cargo ape-x86_64` and `cargo ape-aarch64`; join the two with apelink.",
  ];
}
