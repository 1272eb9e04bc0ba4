import { expect, it } from "vitest";
import { readFlags } from "../../src/cli/flags.ts";

it("has a value for each switch that was not given", () => {
  expect(readFlags({})).toMatchObject({
    cargo: true,
    color: "auto",
    config: true,
    format: [],
    hosts: [],
    minSeverity: "note",
    offline: false,
    profile: undefined,
  });
});

it("takes what the parser read, and nothing that no switch can be", () => {
  const format = [{ format: "sarif", file: "out.sarif" }];
  expect(readFlags({ format, host: ["macos-x64"], config: "a.toml", jobs: 3 })).toMatchObject({
    format,
    host: ["macos-x64"],
    config: "a.toml",
    jobs: 3,
  });
  for (const wrong of [{ jobs: "3" }, { hosts: ["plan9"] }, { failOn: "never!" }, { rules: "dir" }])
    expect(() => readFlags(wrong)).toThrow(TypeError);
});

it("a persona stands for several switches", () => {
  expect(readFlags({ persona: "auditor" })).toMatchObject({
    pedantic: true,
    all: true,
    ignores: false,
  });
});
