import { resolve } from "node:path";
import { must, run } from "../cargo.ts";

/** Source lines that a linked program holds code of, by absolute file. */
export type LiveLines = Map<string, Set<number>>;

/** Adds the lines of one program, read from its line tables with `llvm-dwarfdump`. */
export async function addLiveLines(program: string, lines: LiveLines): Promise<void> {
  const lowest = await textStart(program);
  const table = new TableReader(lowest, lines, await folders(program));
  const ended = await run("llvm-dwarfdump", ["--debug-line", program], {
    cwd: "/",
    onLine: (line) => table.read(line),
  });
  if (ended.code !== 0) throw new Error(`llvm-dwarfdump ${program}: ${ended.stderr.slice(-200)}`);
}

/** The folder that each compilation ran in, by the offset of its line table: before DWARF 5 paths count from it. */
async function folders(program: string): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  let table: number | undefined;
  const onLine = (line: string): void => {
    if (line.includes("DW_TAG_")) table = undefined;
    const offset = /DW_AT_stmt_list\s+\((0x[0-9a-f]+)/.exec(line)?.[1];
    if (offset !== undefined) table = Number(offset);
    const dir = /DW_AT_comp_dir\s+\("(.*)"\)/.exec(line)?.[1];
    if (dir !== undefined && table !== undefined) found.set(table, dir);
  };
  await run("llvm-dwarfdump", ["--debug-info", "-r", "0", program], { cwd: "/", onLine });
  return found;
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
  private dir = "";
  private readonly folders: ReadonlyMap<number, string>;
  private readonly lowest: number;
  private readonly lines: LiveLines;

  constructor(lowest: number, lines: LiveLines, folders: ReadonlyMap<number, string>) {
    this.folders = folders;
    this.lowest = lowest;
    this.lines = lines;
  }

  read(line: string): void {
    if (line.startsWith("0x")) return this.row(line);
    if (line.startsWith("debug_line[")) {
      this.dirs = [];
      this.files = [];
      this.sets = [];
      this.dir = this.folders.get(Number.parseInt(line.slice("debug_line[0x".length), 16)) ?? "";
      return;
    }
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

  private pathOf(index: number): string {
    const file = this.files[index];
    if (file === undefined) return "";
    return resolve("/", this.dir, this.dirs[file.dir] ?? "", file.name);
  }
}
