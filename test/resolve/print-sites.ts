import { gapsOf } from "../../src/resolve/index.ts";
import type { Resolved, TestCrate } from "./support.ts";

/** Sites by file, each under the line of code that it stands in; then what was not looked into. */
export function printSites(
  { workspace, graph, sites }: Resolved,
  crates: readonly TestCrate[],
): string {
  const lines: string[] = [];
  let place = "";
  for (const site of sites) {
    if (site.kind !== "libc-use") continue;
    const name = site.package.split("@")[0]!;
    const owner = crates.find(
      (crate) =>
        crate.name === ((site.data?.["macroPackage"] as string | undefined) ?? name).split("@")[0],
    );
    const { line, column } = site.span.start;
    const here = `${name}: ${site.file}:${line}`;
    if (here !== place)
      lines.push("", here, `  ${owner?.files[site.file]?.split("\n")[line - 1]?.trim() ?? ""}`);
    place = here;
    const notes = [
      `${column}: ${site.symbolKind} ${site.name}`,
      `via ${site.via}`,
      ((site.data?.["contexts"] as string[] | undefined) ?? [site.context]).join(" and "),
      ...(site.item === "" ? [] : [`in ${site.item}`]),
      ...(site.active === "unknown" ? ["perhaps"] : []),
      ...(site.archs.length === 2 ? [] : [`${site.archs.join()} only`]),
    ];
    lines.push(`    ${notes.join(", ")}`);
  }
  const notes = graph.crates.flatMap((crate) =>
    gapsOf(crate, workspace).map(
      (note) => `${crate.package.split("@")[0]}: ${note.cause}: ${note.message}`,
    ),
  );
  return `${[...lines.slice(1), ...(notes.length === 0 ? [] : ["", "not analysed", ...notes.map((note) => `  ${note}`)])].join("\n")}\n`;
}
