import { join } from "node:path";
import { workspaceFolderOf } from "../cargo/workspace-root.ts";
import { PackageReader } from "./read-file.ts";

const MANIFEST = "Cargo.toml";

/** A Rust file by its absolute path. */
export interface RustText {
  readonly file: string;
  readonly text: string;
}

/** The Rust files of some packages' folders: tests, examples and what cfg leaves out besides what is compiled. */
export async function rustTexts(dirs: readonly string[]): Promise<RustText[]> {
  const { globby } = await import("globby");
  const texts = new Map<string, string>();
  for (const dir of dirs) {
    const reader = new PackageReader(dir);
    const files = await globby("**/*.rs", {
      cwd: dir,
      followSymbolicLinks: false,
      ignore: ["**/target/**", "**/vendor/**", "**/node_modules/**", "**/.git/**"],
    });
    for (const file of files) {
      const source = reader.read(file);
      if ("text" in source) texts.set(join(dir, file), source.text);
    }
  }
  return [...texts].map(([file, text]) => ({ file, text }));
}

/** Where a package says what its code must not do. */
const ROOTS = ["src/lib.rs", "src/main.rs", MANIFEST];
const TAKES_LINTS =
  /^lints(?:\.workspace\s*=|\s*=\s*\{\s*workspace\s*=)\s*true|^\[lints\]\s*workspace\s*=\s*true/mu;

/** The texts in which a package may say what its code must not do; its workspace's manifest, where that says it. */
export function rootTexts(dir: string): string[] {
  const reader = new PackageReader(dir);
  const texts = ROOTS.flatMap((file) => {
    const source = reader.read(file);
    return "text" in source ? [source.text] : [];
  });
  return texts.some((text) => TAKES_LINTS.test(text)) ? [...texts, ...workspaceTexts(dir)] : texts;
}

/** The manifest of the workspace around a package. */
function workspaceTexts(dir: string): string[] {
  const root = workspaceFolderOf(join(dir, MANIFEST));
  const source = root === undefined ? undefined : new PackageReader(root).read(MANIFEST);
  return source !== undefined && "text" in source ? [source.text] : [];
}
