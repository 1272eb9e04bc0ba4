import type { Gap, Soaked } from "./measure.ts";

/** `docs/robustness.md`, of what was measured. */
export function robustnessPage(programs: readonly Soaked[]): string {
  const done = programs.filter(({ trouble }) => trouble === undefined);
  const files = done.reduce((sum, each) => sum + each.files, 0);
  const gaps = done.flatMap((each) => each.gaps);
  const touched = distinct(
    gaps.filter(({ file }) => file !== undefined),
    ({ package: owner, file }) => `${owner} ${file}`,
  );
  const share = files === 0 ? "0" : ((touched.length / files) * 100).toFixed(2);
  return `<!-- Made by \`npm run soak\`; do not edit. -->
# Whole trees of large programs

\`ape-lint check NAME@VERSION --offline --no-cache\` over each program with everything that is compiled into it, one after the
other, after cargo had brought it; two cores, shared with other work, so seconds are an upper bound. The programs are those
under \`soak\` in \`fixtures/corpus.yml\`.

| program | what | packages | files | MB | s | peak, MB | results | not analysed | trouble |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${programs.map(row).join("\n")}

${done.length} of ${programs.length} programs were looked at to the end: ${files} files. Something was not analysed in ${touched.length} of
them (${share} %), counted once per package and file; the rest of such a file was.

## What was not analysed

Entries over all programs, and different places: a package that several programs bring counts once there.

| cause | entries | places | an example |
| --- | ---: | ---: | --- |
${causes(gaps)}
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
