import { expect, test } from "vitest";
import { compileRule } from "../../src/rules/rule.ts";
import { askedOfStd, loadRules, type Rule } from "../../src/rules/index.ts";

const own = await loadRules();

function ruleThatAsks(query: Rule["spec"]["query"]): Rule {
  const { spec, folder } = own[0]!;
  return compileRule({ spec: { ...spec, query }, folder, place: "rule.yml" });
}

test("our rules say which names of std they are about, each as it begins", () => {
  expect(askedOfStd(own)).toMatchSnapshot();
});

test("a rule that speaks of no name, or of its end alone, asks about all", () => {
  const byEnd = ruleThatAsks({ kind: "std-use", name: { suffix: "::spawn" } });
  for (const rule of [ruleThatAsks({ kind: ["string", "std-use"] }), byEnd])
    expect(askedOfStd([...own, rule])).toBeUndefined();
});

test("parts of a query say it where the query does not, those about other things nothing", () => {
  const parts = ruleThatAsks({
    kind: ["libc-use", "std-use"],
    any: [
      { kind: "libc-use", kb: { function: { status: "missing" } } },
      { kind: "std-use", name: ["std::env::args"] },
      { name: { prefix: "std::os::", not: "std::os::fd" } },
    ],
  });
  expect(askedOfStd([parts])).toEqual(["std::env::args", "std::os::"]);
  expect(askedOfStd([ruleThatAsks({ kind: "libc-use" })])).toEqual([]);
});
