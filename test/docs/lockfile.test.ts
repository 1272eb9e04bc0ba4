import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./pages.ts";

interface Entry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const { packages } = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Readonly<Record<string, Entry>>;
};

// NOTE: npm leaves out what its registry does not have at the moment, and then refuses its own file in `npm ci`.
test("the lockfile names the programs of every platform", () => {
  const missing = Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !(`${owner}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test("the lockfile names no registry but npm's", () => {
  const others = Object.values(packages).filter(
    ({ resolved = "https://registry.npmjs.org/" }) =>
      !resolved.startsWith("https://registry.npmjs.org/"),
  );
  expect(others).toEqual([]);
});
