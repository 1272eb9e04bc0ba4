import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A report that was read line by line, as the crate's maintainer would; by hand. */
interface ReadReport {
  readonly crate: string;
  readonly profile: string;
  readonly right: number;
  readonly wrong: number;
  readonly noUse: number;
  readonly notes: string;
  /** What was changed at the cause. */
  readonly mended: string;
}

/** The section of docs/accuracy.md about reports that were read by a person. */
export async function readText(): Promise<string> {
  const file = join(import.meta.dirname, "reports.json");
  const reports = JSON.parse(await readFile(file, "utf8")) as ReadReport[];
  const rows = reports.map(
    ({ crate, profile, right, wrong, noUse, notes, mended }) =>
      `| ${crate} | \`${profile}\` | ${right} | ${wrong} | ${noUse} | ${notes} | ${mended} |`,
  );
  const sum = (what: "right" | "wrong" | "noUse"): number =>
    reports.reduce((all, report) => all + report[what], 0);
  return [
    "## Reports read\n",
    "What `check` shows of a published program, read line by line and judged by hand before what was wrong was mended.\n",
    `${reports.length} programs: ${sum("right")} results right, ${sum("wrong")} wrong, ${sum("noUse")} of no use.\n`,
    "| program | profile | right | wrong | of no use | what was wrong | mended by |",
    "| --- | --- | ---: | ---: | ---: | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
