import type { Suppression } from "../model/suppression.ts";
import type { Package } from "../model/workspace.ts";
import type { FileFacts } from "../extract/facts.ts";
import { positionAt } from "../syntax/positions.ts";
import type { CrateInput } from "../resolve/index.ts";

/**
 * What the user wrote beside own code. Only packages of the user's tree are asked: a dependency must not be able to
 * call itself harmless.
 */
export function suppressionsOf(inputs: readonly CrateInput[]): Suppression[] {
  const found = new Map<string, Suppression>();
  for (const { package: pkg, source } of inputs) {
    if (pkg.source !== "path") continue;
    // NOTE: a file that two targets share is read twice; one place is one suppression.
    for (const [file, facts] of source.files)
      for (const each of suppressionsIn(pkg, file, facts))
        found.set(
          `${pkg.id}\n${file}\n${each.start.line}:${each.start.column}\n${each.rules.join()}`,
          each,
        );
  }
  return [...found.values()];
}

/** Suppressions of one file. */
export function suppressionsIn(
  { name, version }: Pick<Package, "name" | "version">,
  file: string,
  { suppressions = [], lineStarts }: Pick<FileFacts, "suppressions" | "lineStarts">,
): Suppression[] {
  return suppressions.map(({ at, ...fact }) => {
    const start = positionAt(lineStarts, at);
    return { ...fact, package: { name, version }, file, start };
  });
}
