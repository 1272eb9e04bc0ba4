import type { Host } from "../../src/model/host.ts";

/** Cosmopolitan's names for the columns of `consts.sh`, and the host that each stands for. */
export const COLUMNS: ReadonlyMap<string, Host> = new Map([
  ["GNU/Systemd", "linux-x64"],
  ["GNU/Systemd (Aarch64)", "linux-arm64"],
  ["XNU's Not UNIX!", "macos-x64"],
  ["MacOS (Arm64)", "macos-arm64"],
  ["FreeBSD", "freebsd-x64"],
  ["OpenBSD", "openbsd-x64"],
  ["NetBSD", "netbsd-x64"],
  ["The New Technology", "windows-x64"],
  ["Windoze", "windows-x64"],
]);

/** One `syscon` line: a variable that Cosmopolitan fills at start-up with the host's number. */
export interface TableRow {
  readonly name: string;
  /** As the table writes it. */
  readonly group: string;
  readonly line: number;
  readonly values: Readonly<Record<Host, bigint>>;
}

/**
 * Reads `libc/sysv/consts.sh`. The table is columns of tabs under a heading that is repeated per group;
 * a heading with a column that we do not know means that the numbers below it would be put under the
 * wrong host, so it is an error.
 */
export function parseConstsTable(text: string, file: string): TableRow[] {
  const rows: TableRow[] = [];
  let hosts: readonly Host[] | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const place = `${file}:${index + 1}`;
    if (/^#\s*group\t/.test(line)) hosts = parseHeading(line, place);
    if (!line.startsWith("syscon\t")) continue;
    if (!hosts) throw new Error(`${place}: a row stands before the first heading`);
    rows.push(parseRow({ line, place, hosts, number: index + 1 }));
  }
  return rows;
}

function parseHeading(line: string, place: string): Host[] {
  const cells = splitCells(line.replace(/^#\s*/, "")).filter((cell) => cell !== "Commentary");
  if (cells[0] !== "group" || cells[1] !== "name")
    throw new Error(`${place}: a heading must begin with group and name`);
  return cells.slice(2).map((cell) => {
    const host = COLUMNS.get(cell);
    if (!host) throw new Error(`${place}: unknown column "${cell}"`);
    return host;
  });
}

function parseRow(options: {
  line: string;
  place: string;
  hosts: readonly Host[];
  number: number;
}): TableRow {
  const [, group, name, ...cells] = splitCells(options.line.replace(/\t#.*$/, ""));
  if (!group || !name) throw new Error(`${options.place}: a row without group or name`);
  if (cells.length !== options.hosts.length)
    throw new Error(
      `${options.place}: ${name} has ${cells.length} values for ${options.hosts.length} columns`,
    );
  const values = {} as Record<Host, bigint>;
  for (const [index, host] of options.hosts.entries())
    values[host] = parseNumber(cells[index] ?? "", options.place);
  return { name, group, line: options.number, values };
}

function splitCells(line: string): string[] {
  return line
    .split(/\t+/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "");
}

/** A number as shell arithmetic and the assembler read it: hex, binary, sums and products of those. */
export function parseNumber(text: string, place: string): bigint {
  const sum = text
    .split("+")
    .map((term) => term.split("*").map((factor) => parseFactor(factor.trim(), place)));
  return sum.reduce(
    (total, factors) => total + factors.reduce((product, factor) => product * factor, 1n),
    0n,
  );
}

function parseFactor(text: string, place: string): bigint {
  const found = /^(-?)(0x[0-9a-f]+|0b[01]+|\d+)$/i.exec(text);
  if (!found) throw new Error(`${place}: "${text}" is not a number`);
  const value = BigInt(found[2] ?? "");
  return found[1] === "-" ? -value : value;
}
