import semver from "semver";
import { z } from "zod";
import { once } from "../util/once.ts";
import { checkRange, listData, readData } from "./files.ts";

const FOLDER = "build-cfg";
const schema = once(() => {
  const text = z.string().min(1);
  return z.strictObject({
    package: text,
    facts: z
      .array(
        z.strictObject({
          /** In semver's notation. */
          versions: text,
          /** Package, version, file and lines. */
          source: text,
          /** Name of a cfg to the predicate, in Rust's own notation, under which the build script sets it. */
          cfgs: z.record(z.string().regex(/^\w+$/), text),
        }),
      )
      .min(1),
  });
});
type Facts = z.output<ReturnType<typeof schema>>["facts"];

const known = new Map<string, Facts>();
let names: ReadonlySet<string> | undefined;

/**
 * What the build script of a package tells the compiler, where we have read that out of it: cfg names to predicates.
 * Empty for the packages that nobody has looked at.
 */
export function buildCfgs(name: string, version: string): Readonly<Record<string, string>> {
  names ??= new Set(listData(FOLDER));
  if (!names.has(name)) return {};
  const facts = known.get(name) ?? read(name);
  known.set(name, facts);
  const fitting = facts.filter(({ versions }) =>
    semver.satisfies(version, versions, { includePrerelease: true }),
  );
  return Object.assign({}, ...fitting.map(({ cfgs }) => cfgs)) as Record<string, string>;
}

function read(name: string): Facts {
  const data = readData({ folder: FOLDER, name, schema });
  data.value.facts.forEach(({ versions }, index) =>
    checkRange(data, ["facts", index, "versions"], versions),
  );
  return data.value.facts;
}
