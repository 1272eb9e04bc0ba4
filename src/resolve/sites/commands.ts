import type { Unit } from "../graph.ts";

/**
 * Whether a `Command` is one that starts programs: the path that it is called by, or the import of that path's first
 * name, has it in a module `process`, as std, tokio and others do. A parser of command lines has a `Command` of its
 * own. Where nothing imports the name, some path or import of the file has to have it so.
 */
export function startsPrograms(unit: Unit, callee = "Command::new"): boolean {
  const [first = "", ...rest] = callee.split("::");
  const imports = importsOf(unit).filter(({ name }) => name === first);
  if (imports.length > 0) return imports.some(({ path }) => isStarter([...path, ...rest]));
  return rest.length > 1 ? isStarter([first, ...rest]) : namesStarter(unit);
}

function importsOf({ facts }: Unit): { path: readonly string[]; name: string }[] {
  return facts.items.flatMap(({ uses }) => uses ?? []);
}

function namesStarter(unit: Unit): boolean {
  return (
    unit.facts.paths.some((path) => isStarter(path.split("::"))) ||
    importsOf(unit).some(({ path, name }) => isStarter([...path, name]))
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
