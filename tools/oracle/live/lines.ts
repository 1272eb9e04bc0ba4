import { resolve } from "node:path";
import { must, run } from "../cargo.ts";

/** Source lines that a linked program holds code of, by absolute file. */
export type LiveLines = Map<string, Set<number>>;

/** Adds the lines of one program, read from its line tables with `llvm-dwarfdump`. */
export async function addLiveLines(program: string, lines: LiveLines): Promise<void> {
  const lowest = await textStart(program);
  const table = new TableReader(lowest, lines);
  const ended = await run("llvm-dwarfdump", ["--debug-line", program], {
    cwd: "/",
    onLine: (line) => table.read(line),
  });
  if (ended.code !== 0) throw new Error(`llvm-dwarfdump ${program}: ${ended.stderr.slice(-200)}`);
}

/** What the linker threw away keeps its line tables, with addresses that begin at 0. */
async function textStart(program: string): Promise<number> {
  const sections = await must("readelf", ["-SW", program], { cwd: "/" });
  const found = /\s\.text\s+PROGBITS\s+([0-9a-f]+)/.exec(sections)?.[1];
  if (found === undefined) throw new Error(`${program}: no .text section`);
  return Number.parseInt(found, 16);
}

/** Follows the text of `llvm-dwarfdump --debug-line`, one unit after the other. */
export class TableReader {
  private dirs: string[] = [];
  private files: { name: string; dir: number }[] = [];
  private sets: (Set<number> | undefined)[] = [];
  private version = 5;
  private readonly lowest: number;
  private readonly lines: LiveLines;

  constructor(lowest: number, lines: LiveLines) {
    this.lowest = lowest;
    this.lines = lines;
  }

  read(line: string): void {
    if (line.startsWith("0x")) return this.row(line);
    if (line.startsWith("debug_line[")) {
      this.dirs = [];
      this.files = [];
      this.sets = [];
      return;
    }
    const version = /^\s+version: (\d+)/.exec(line)?.[1];
    if (version !== undefined) this.version = Number(version);
    const dir = /^include_directories\[\s*(\d+)\] = "(.*)"/.exec(line);
    if (dir !== null) this.dirs[Number(dir[1])] = dir[2]!;
    const file = /^file_names\[\s*(\d+)\]/.exec(line)?.[1];
    if (file !== undefined) this.files[Number(file)] = { name: "", dir: 0 };
    const last = this.files.at(-1);
    const name = /^\s+name: "(.*)"/.exec(line)?.[1];
    if (name !== undefined && last !== undefined) last.name = name;
    const index = /^\s+dir_index: (\d+)/.exec(line)?.[1];
    if (index !== undefined && last !== undefined) last.dir = Number(index);
  }

  /** `0x00000000000a3581     22      0      1   0             0  is_stmt` */
  private row(line: string): void {
    const [address, number, , file] = line.split(/\s+/, 4);
    if (Number(address) < this.lowest || number === "0" || line.includes("end_sequence")) return;
    this.setOf(Number(file)).add(Number(number));
  }

  private setOf(index: number): Set<number> {
    const known = this.sets[index];
    if (known !== undefined) return known;
    const path = this.pathOf(index);
    const set = this.lines.get(path) ?? new Set<number>();
    this.lines.set(path, set);
    this.sets[index] = set;
    return set;
  }

  /** Before DWARF 5 the compilation's own folder is not in the table. */
  private pathOf(index: number): string {
    const file = this.files[index];
    if (file === undefined) return "";
    const dirs = this.version >= 5 || file.dir > 0 ? [this.dirs[file.dir] ?? ""] : [];
    const first = this.version >= 5 ? [this.dirs[0] ?? ""] : [];
    return resolve("/", ...first, ...dirs, file.name);
  }
}
