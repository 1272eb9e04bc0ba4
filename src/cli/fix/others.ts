import path from "node:path";
import { globby } from "globby";
import type { OtherFile } from "../../fix/plan.ts";
import type { PackageReport } from "../../model/result.ts";
import { PackageReader } from "../../source/read-file.ts";

/** The Rust files of some packages by absolute path: tests, examples and what cfg leaves out besides what is compiled. */
export async function otherTexts(packages: readonly PackageReport[]): Promise<OtherFile[]> {
  const texts = new Map<string, string>();
  for (const { dir } of packages) {
    const reader = new PackageReader(dir);
    const files = await globby("**/*.rs", {
      cwd: dir,
      followSymbolicLinks: false,
      ignore: ["**/target/**", "**/vendor/**", "**/node_modules/**", "**/.git/**"],
    });
    for (const file of files) {
      const source = reader.read(file);
      if ("text" in source) texts.set(path.join(dir, file), source.text);
    }
  }
  return [...texts].map(([file, text]) => ({ file, text }));
}
