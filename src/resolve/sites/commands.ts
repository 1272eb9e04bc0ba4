import type { Unit } from "../graph.ts";

/**
 * Whether `Command` in a file is one that starts programs: a path or an import has it in a module `process`, as std,
 * tokio and others do. A parser of command lines has a `Command` of its own.
 */
export function startsPrograms({ facts }: Unit): boolean {
  return (
    facts.paths.some((path) => isStarter(path.split("::"))) ||
    facts.items.some(
      ({ uses }) => uses?.some(({ path, name }) => isStarter([...path, name])) === true,
    )
  );
}

const MODULES = new Set(["process", "async_process"]);

function isStarter(path: readonly string[]): boolean {
  return path.some((segment, at) => {
    const next = path[at + 1];
    return (
      MODULES.has(segment) &&
      (next === undefined || next === "Command" || next === "*" || next === segment)
    );
  });
}
