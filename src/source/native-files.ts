import { posix } from "node:path";
import { entriesOf } from "../util/entries.ts";

export type NativeLanguage = "assembly" | "c" | "c++" | "header" | "object";

export interface NativeFile {
  /** Relative to the package's folder, `/`-separated. */
  readonly file: string;
  readonly language: NativeLanguage;
}

const LANGUAGES: Readonly<Record<string, NativeLanguage>> = {
  ".S": "assembly",
  ".s": "assembly",
  ".sx": "assembly",
  ".asm": "assembly",
  ".nasm": "assembly",
  ".c": "c",
  ".cc": "c++",
  ".cpp": "c++",
  ".cxx": "c++",
  ".h": "header",
  ".hh": "header",
  ".hpp": "header",
  ".inc": "header",
  ".o": "object",
  ".a": "object",
  ".so": "object",
  ".lo": "object",
};

const NOT_BUILT: ReadonlySet<string> = new Set([
  "target",
  "tests",
  "test",
  "testing",
  "benches",
  "bench",
  "benchmarks",
  "examples",
  "example",
  "fuzz",
  "fuzzing",
  "doc",
  "docs",
  "contrib",
  "sample",
  "samples",
  "harness",
  "harnesses",
  "node_modules",
]);

/** Words in a path by which build scripts tell what is for another system, object format or processor. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  (
    "macosx macos mac darwin osx apple ios ios64 win win32 win64 windows mingw mingw64 msvc masm armasm nasm coff macho wasm " +
    "wasm32 arm armv4 armv6 armv7 armv7a arm32 linux32 x86 i386 i586 i686 ppc ppc64 ppc64le powerpc mips mips64 " +
    "riscv riscv32 riscv64 s390 s390x sparc sparcv9 loongarch loongarch64 ia64 alpha solaris sunos aix android"
  ).split(" "),
);

const LIMIT = 20_000;

/** Lists the files in other languages that a package could build in; says when there were too many to look at. */
export function nativeFiles(dir: string): {
  readonly files: readonly NativeFile[];
  readonly cut: boolean;
} {
  const files: NativeFile[] = [];
  const folders = [""];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(posix.join(dir, folder))) {
      seen += 1;
      if (seen > LIMIT) return { files: sorted(files), cut: true };
      const file = posix.join(folder, entry.name);
      if (entry.isDirectory() && isBuilt(entry.name)) folders.push(file);
      const language = entry.isFile() ? LANGUAGES[posix.extname(entry.name)] : undefined;
      if (language !== undefined && isForElf(file)) files.push({ file, language });
    }
  }
  return { files: sorted(files), cut: false };
}

function isBuilt(name: string): boolean {
  return !name.startsWith(".") && !NOT_BUILT.has(name.toLowerCase());
}

function isForElf(file: string): boolean {
  const words = file
    .toLowerCase()
    .replaceAll(/x86[_-]64/gu, "amd64")
    .split(/[/._-]/u);
  return !words.some((word) => ELSEWHERE.has(word) || NOT_BUILT.has(word));
}

function sorted(files: NativeFile[]): NativeFile[] {
  return files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}
