/** A row of a table in Markdown. */
export function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Its head: the first column to the left, the others to the right. */
export function head(cells: readonly string[]): string {
  return `${row(cells)}\n${row(cells.map((_, at) => (at === 0 ? "---" : "---:")))}`;
}
