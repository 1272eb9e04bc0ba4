/** A crate as Cargo names it on its command line: `mio@1.0.4`. Two sources of one version have the same. */
export function crateKey({
  name,
  version,
}: {
  readonly name: string;
  readonly version: string;
}): string {
  return `${name}@${version}`;
}
