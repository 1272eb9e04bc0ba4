import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ARCHS, HOSTS, archOf, type Arch } from "../../src/model/host.ts";
import { compilerFor } from "./compiler.ts";
import { joinConstants, sameBits, type ExactConstant } from "./constants.ts";
import { parseConstsTable } from "./consts-table.ts";
import { readHeaders } from "./headers.ts";
import { readLibcCrate } from "./libc-crate.ts";
import { extractTree } from "./source-tree.ts";
import { writeTable } from "./write.ts";

const TABLE = "libc/sysv/consts.sh";

function main(): void {
  const { values } = parseArgs({
    options: {
      cosmopolitan: { type: "string" },
      tag: { type: "string" },
      "libc-crate": { type: "string" },
      out: { type: "string" },
    },
  });
  const { cosmopolitan, tag, out } = values;
  const crate = values["libc-crate"];
  if (!cosmopolitan || !tag || !crate || !out)
    throw new Error(
      "usage: build-data --cosmopolitan DIR --tag T --libc-crate DIR --out data/cosmocc/RELEASE",
    );
  const work = mkdtempSync(join(tmpdir(), "build-data-"));
  try {
    build({ cosmopolitan, tag, crate, out, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function build(options: {
  cosmopolitan: string;
  tag: string;
  crate: string;
  out: string;
  work: string;
}): void {
  const { work } = options;
  const tree = extractTree({
    git: options.cosmopolitan,
    tag: options.tag,
    out: join(work, "tree"),
  });
  mkdirSync(options.out, { recursive: true });
  const libc = perArch((arch) => readLibcCrate(options.crate, arch));
  const names = new Set(ARCHS.flatMap((arch) => [...libc[arch].consts.keys()]));
  const headers = perArch((arch) =>
    readHeaders({ compiler: compilerFor(tree.dir, arch), work, names }),
  );
  const table = parseConstsTable(readFileSync(join(tree.dir, TABLE), "utf8"), TABLE);
  const constants = joinConstants({ table, headers, libc });
  writeTable(
    join(options.out, "constants.json"),
    { libc: ARCHS, hosts: HOSTS },
    new Map(constants.map((row) => [row.name, constantRow(row)])),
  );
}

function perArch<T>(give: (arch: Arch) => T): Record<Arch, T> {
  return { x86_64: give("x86_64"), aarch64: give("aarch64") };
}

/** The row as the file has it: values in the order of the columns; same bits are written as the libc crate writes them. */
function constantRow(row: ExactConstant): unknown {
  const hosts = HOSTS.map((host) => {
    const value = row.hosts[host];
    const libc = row.libc[archOf(host)];
    return typeof value === "bigint" && libc !== null && sameBits(value, libc, row.bits)
      ? libc
      : value;
  });
  return {
    class: row.class,
    group: row.group,
    ...(row.runtime ? { runtime: true } : {}),
    libc: ARCHS.map((arch) => row.libc[arch]),
    ...(row.class === "unknown" && hosts.every((value) => value === null) ? {} : { hosts }),
    ...(row.means ? { means: row.means } : {}),
  };
}

main();
