import type { Errors } from "./compile.ts";
import type { Figures, Places } from "./measure.ts";

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, count) => all + count, 0);
}

function byName(counts: Places | Errors): string {
  const entries = [...counts].toSorted(([a], [b]) => a.localeCompare(b));
  return entries.length === 0
    ? "none"
    : entries.map(([name, count]) => `${count} ${name}`).join(", ");
}

function built(errors: Errors): string {
  return errors.size === 0 ? "builds" : byName(errors);
}

/** `docs/fixes.md`, of what was measured. */
export function fixesPage(figures: readonly Figures[], rustc: string): string {
  const rows = figures.map(({ subject, profile, before, after, errorsBefore, errorsAfter }) => {
    const cells = [
      subject,
      profile,
      sum(before),
      sum(before) - sum(after),
      byName(after),
      built(errorsBefore),
      built(errorsAfter),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `<!-- Made by \`npm run fixes\`; do not edit. -->
# Fixes on real crates

Copies of published crates, repaired by \`ape-lint fix --unsafe --all\` under a profile whose libc crate has extern statics
in place of constants, and then built by rustc for x86_64-unknown-linux-musl against such a libc crate: code is generated,
not only checked. \`ape-rs\` makes statics of what that SDK's libc has as such; \`every divergent constant\` of all that differ
between hosts and are variables in Cosmopolitan, which no published SDK does.

"Places" are those of the rule \`static-needs-unsafe\` in the crate itself; what is left stands with the construct that it is
in. A constant made of a static has to become a function, at all of its uses; a read that is an argument of a macro which
takes paths or names, and a pattern that comes out of a macro, ask for another macro. The errors are rustc's, by code; it
stops early at some (patterns), so those of a crate before its repair are fewer than its places.

${rustc}

| crate | statics | places | repaired | left | rustc before | rustc after |
| --- | --- | ---: | ---: | --- | --- | --- |
${rows.join("\n")}

\`npm run fixes -- --write-docs\` measures it again; it downloads the crates and compiles them, build scripts included.
`;
}
