import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { extractFile } from "../../src/extract/extract.ts";
import { lex } from "../../src/syntax/lexer.ts";
import { cachedCrates, rustFiles } from "./rust-files.ts";
import { treeSitter, walkTree, withTree } from "./tree-sitter.ts";

/**
 * How fast Rust is read, by tree-sitter and by our own reader, over the crates in cargo's registry cache.
 *
 *   npx tsx tools/bench/readers.ts [--crates tokio,nix,…] [--megabytes 40]
 *
 * Each reader runs in a process of its own, over the same files, so that its memory is its own. Speed is counted in
 * processor time (user and system) without reading files, so that other work on the machine weighs little.
 */
const READERS = ["tree-sitter", "tree-sitter-walk", "lexer", "own"] as const;
type Reader = (typeof READERS)[number];

interface Figures {
  readonly reader: Reader;
  readonly files: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly rss: number;
  /** Files that the reader found something wrong in. */
  readonly troubled: number;
}

const { values } = parseArgs({
  options: {
    reader: { type: "string" },
    crates: { type: "string", default: "" },
    megabytes: { type: "string", default: "40" },
  },
});

if (values.reader === undefined) compareAll();
else console.log(JSON.stringify(await measure(values.reader as Reader)));

function compareAll(): void {
  console.log("| reader | files | MB | MB/s | peak RSS, MB | files with errors |");
  console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
  for (const reader of READERS) {
    const [script, ...rest] = process.argv.slice(1);
    const args = [...process.execArgv, script!, ...rest, "--reader", reader];
    const out = execFileSync(process.execPath, args, { encoding: "utf8" });
    const { files, megabytes, seconds, rss, troubled } = JSON.parse(out) as Figures;
    const speed = (megabytes / seconds).toFixed(1);
    console.log(
      `| ${reader} | ${files} | ${megabytes.toFixed(1)} | ${speed} | ${rss} | ${troubled} |`,
    );
  }
}

async function measure(reader: Reader): Promise<Figures> {
  const read = await readerOf(reader);
  const limit = Number(values.megabytes) * 1e6;
  const asked = values.crates.split(",").filter((name) => name !== "");
  const crates = (await cachedCrates()).filter(
    ({ name }) => asked.length === 0 || asked.some((one) => name.startsWith(`${one}-`)),
  );
  let [files, bytes, troubled, microseconds] = [0, 0, 0, 0];
  for await (const { text } of rustFiles(crates)) {
    if (bytes >= limit) break;
    const before = process.cpuUsage();
    if (read(text)) troubled++;
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
    files++;
    bytes += Buffer.byteLength(text);
  }
  const rss = Math.round(process.resourceUsage().maxRSS / 1024);
  return { reader, files, megabytes: bytes / 1e6, seconds: microseconds / 1e6, rss, troubled };
}

/** @returns whether the reader found something wrong */
async function readerOf(reader: Reader): Promise<(text: string) => boolean> {
  if (reader === "lexer") return (text) => lex(text).problems.length > 0;
  if (reader === "own") return (text) => extractFile(text).problems.length > 0;
  const parser = await treeSitter();
  if (reader === "tree-sitter") return (text) => withTree(parser, text, (root) => root.hasError);
  return (text) => withTree(parser, text, (root) => walkTree(root) > 0 && root.hasError);
}
