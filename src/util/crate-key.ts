interface Versioned {
  readonly name: string;
  readonly version: string;
}

/** A crate as Cargo names it on its command line: `mio@1.0.4`. Two sources of one version have the same. */
export function crateKey({ name, version }: Versioned): string {
  return `${name}@${version}`;
}

/** The key of the crate that the id of a package begins with: a source may stand behind it, and a version may hold `+`. */
export function keyInId(id: string, keys: Iterable<string>): string | undefined {
  let found: string | undefined;
  for (const key of keys) {
    const fits = id === key || id.startsWith(`${key}+`);
    if (fits && key.length > (found?.length ?? 0)) found = key;
  }
  return found;
}
