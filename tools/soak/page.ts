import type { Kills } from "./kills.ts";
import type { Gap, Soaked } from "./measure.ts";

/** `docs/robustness.md`, of what was measured. */
export function robustnessPage(programs: readonly Soaked[], kills: Kills | undefined): string {
  const done = programs.filter(({ trouble }) => trouble === undefined);
  const files = done.reduce((sum, each) => sum + each.files, 0);
  const gaps = done.flatMap((each) => each.gaps);
  // NOTE: a file counts in every program that has it, above the line and below
  const touched = done.reduce((sum, each) => sum + filesOf(each.gaps), 0);
  const share = files === 0 ? "0" : ((touched / files) * 100).toFixed(2);
  return `<!-- Made by \`npm run soak\`; do not edit. -->
# Whole trees of large programs

\`ape-lint check NAME@VERSION --offline --no-cache\` over each program with everything that is compiled into it, one after the
other, after cargo had brought it; two cores, shared with other work, so seconds are an upper bound. The programs are those
under \`soak\` in \`fixtures/corpus.yml\`.

| program | what | packages | files | MB | s | peak, MB | results | not analysed | trouble |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${programs.map(row).join("\n")}

${done.length} of ${programs.length} programs were looked at to the end: ${files} files. Something was not analysed in ${touched} of
them (${share} %); the rest of such a file was. A file that several programs have counts in each of them.
${killed(kills)}
## What was not analysed

Entries over all programs, and different places: a package that several programs bring counts once there.

| cause | entries | places | an example |
| --- | ---: | ---: | --- |
${causes(gaps)}
`;
}

/** Files in which there is a gap. */
function filesOf(gaps: readonly Gap[]): number {
  const named = gaps.filter(({ file }) => file !== undefined);
  return distinct(named, ({ package: owner, file }) => `${owner} ${file}`).length;
}

function killed(kills: Kills | undefined): string {
  if (kills === undefined) return "";
  const { begun, killed: dead, looks, wrong } = kills;
  return `
## Runs that were killed

${begun} runs were begun, four at a time with one cache, each to be killed at another moment; ${dead} were killed in time, the
others had ended. With the ${looks} runs in between that nobody killed, ${begun - dead + looks} runs answered: ${wrong} of them other than a run alone.
`;
}

function row(one: Soaked): string {
  const {
    name,
    version,
    why,
    packages,
    files,
    megabytes,
    seconds,
    peak,
    results,
    gaps,
    trouble = "none",
  } = one;
  const figures = [
    packages,
    files,
    megabytes.toFixed(0),
    seconds.toFixed(1),
    peak.toFixed(0),
    results,
    gaps.length,
  ];
  return `| ${[`${name} ${version}`, why, ...figures, plain(trouble)].join(" | ")} |`;
}

function causes(gaps: readonly Gap[]): string {
  const names = [...new Set(gaps.map(({ cause }) => cause))];
  const rows = names.map((cause) => {
    const own = gaps.filter((each) => each.cause === cause);
    const places = distinct(
      own,
      ({ package: owner, file, message }) => `${owner} ${file} ${message}`,
    );
    const [first] = places;
    const example = `${first?.package ?? ""} ${first?.file ?? ""}: ${first?.message ?? ""}`;
    return { cause, entries: own.length, places: places.length, example };
  });
  return rows
    .toSorted((a, b) => b.places - a.places)
    .map(
      ({ cause, entries, places, example }) =>
        `| ${cause} | ${entries} | ${places} | ${plain(example).slice(0, 160)} |`,
    )
    .join("\n");
}

function distinct<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

/** NOTE: messages name what crates name; a table cell must stay one. */
function plain(text: string): string {
  return text.replaceAll(/[|\n\r<>]/gu, " ").trim();
}
