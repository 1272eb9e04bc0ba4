/** Modules of std whose functions ask the operating system; paths elsewhere in std say nothing about a host. */
const HOST_MODULES: ReadonlySet<string> = new Set([
  "fs",
  "net",
  "process",
  "thread",
  "time",
  "env",
  "io",
  "os",
  "sync",
  "collections",
  "hash",
]);

/** Which parts of std are looked for. */
export class AskedStd {
  /** Beginnings of names by the module that they are in; undefined: all that is in a module which asks the host. */
  private readonly starts: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly known = new Map<string, boolean>();

  /** @param starts beginnings of names that are asked for (`std::fs::copy`); absent: all */
  constructor(starts?: readonly string[]) {
    if (starts === undefined) return;
    const byModule = new Map<string, string[]>();
    for (const start of starts)
      for (const module of modulesOf(start)) {
        const list = byModule.get(module) ?? [];
        byModule.set(module, list);
        list.push(start);
      }
    this.starts = byModule;
  }

  /** Whether a name of std is asked for. */
  has(name: string): boolean {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const isAsked = this.in(name)?.some((start) => name.startsWith(start)) ?? false;
    this.known.set(name, isAsked);
    return isAsked;
  }

  /** Whether anything may be asked of a module of std, cheaper than to ask about a path into it. */
  isModule(name: string): boolean {
    return HOST_MODULES.has(name);
  }

  /** Whether a path of std leads to what is asked for, or to what such a thing is in. */
  mayLeadTo(path: readonly string[]): boolean {
    if (path.length < 2) return true;
    const name = path.join("::");
    return (
      this.in(name)?.some((start) => start.startsWith(`${name}::`) || name.startsWith(start)) ??
      false
    );
  }

  private in(name: string): readonly string[] | undefined {
    const module = moduleOf(name);
    if (!HOST_MODULES.has(module)) return undefined;
    return this.starts === undefined ? ALL : this.starts.get(module);
  }
}

const ALL: readonly string[] = [""];

const ROOTS = ["std", "core", "alloc"];

/** A beginning may end within the name of a module, or in front of it: `std::f` begins what is in `fs`. */
function modulesOf(start: string): readonly string[] {
  if (start.split("::").length > 2) return [moduleOf(start)];
  return [...HOST_MODULES].filter((module) =>
    ROOTS.some((root) => `${root}::${module}::`.startsWith(start)),
  );
}

/** `std::fs::copy` is in `fs`. */
function moduleOf(name: string): string {
  return name.split("::", 2)[1] ?? "";
}
