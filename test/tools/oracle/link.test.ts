import { describe, expect, test } from "vitest";
import { linkFailure, undefinedSymbols } from "../../../tools/oracle/link/ld.ts";
import { libraryFile, symbolsIn } from "../../../tools/oracle/link/rlib.ts";
import { isRight, type LinkFigures } from "../../../tools/oracle/link/section.ts";
import { isPromise, isRightRun, type RunFigure } from "../../../tools/oracle/run/section.ts";
import { withSections } from "../../../tools/oracle/sections.ts";

const LD = `  = note: /usr/bin/ld.bfd: /x/deps/libstd-d111443601fd8f92.rlib(std.cgu.09.rcgu.o): in function \`<std::PidFd>::waitid':
          std.cgu.09:(.ltext._R+0x51): undefined reference to \`waitid'
          /usr/bin/ld.bfd: /x/deps/libmio-0011223344556677.rlib(mio.o): in function \`mio::new':
          mio.cgu:(.ltext+0x1): undefined reference to \`epoll_create1'
          mio.cgu:(.ltext+0x9): undefined reference to \`epoll_create1'
          mio.cgu:(.ltext+0x9): more undefined references to \`eventfd' follow
          collect2: error: ld returned 1 exit status`;

describe("what the linker says", () => {
  test("each symbol once per crate that wants it", () => {
    expect(undefinedSymbols(LD)).toEqual([
      { symbol: "waitid", crate: "std" },
      { symbol: "epoll_create1", crate: "mio" },
      { symbol: "eventfd", crate: "mio" },
    ]);
  });

  test("an error before the linker is told by its first words", () => {
    expect(linkFailure("warning: x\nerror: failed to run\nmore")).toBe("error: failed to run");
  });
});

function linked(part: Partial<LinkFigures>): LinkFigures {
  const lists = { undefined: [], others: [], missed: [], extra: [] };
  const refused = part.verdict === "does not build";
  return {
    subject: "a@1.0.0",
    as: "program",
    why: "",
    verdict: "works",
    refused,
    ...lists,
    ...part,
  };
}

function ran(outcome: RunFigure["outcome"], verdict: RunFigure["verdict"]): RunFigure {
  return { program: "a", profile: "none", host: "linux-x64", outcome, verdict, because: [] };
}

describe("when a verdict is right", () => {
  test.each([
    [linked({}), true],
    [linked({ undefined: ["waitid"] }), false],
    [linked({ undefined: ["waitid"], verdict: "does not build" }), true],
    [linked({ verdict: "does not build" }), false],
    [linked({ failure: "error", verdict: "does not build" }), true],
  ])("linking %#", (figures, right) => {
    expect(isRight(figures)).toBe(right);
  });

  test.each([
    ["works", "works", true, false],
    ["works", "degraded", false, false],
    ["fails", "works", false, true],
    ["fails", "unknown", false, false],
    ["overwrites", "fails", true, false],
    ["overwrites", "works with changes", false, true],
    ["does not build", "fails", false, false],
    ["does not build", "does not build", true, false],
  ] as const)("a program that %s, said %s", (outcome, verdict, right, promise) => {
    const figure = ran(outcome, verdict);
    expect([isRightRun(figure), isPromise(figure)]).toEqual([right, promise]);
  });
});

describe("sections of a page", () => {
  const page = "# A\n\n## One\n\nold\n\n## Left out\n\nx\n";

  test("one of the same title is replaced, a new one stands before the last", () => {
    expect(withSections(page, ["## One\n\nnew\n", "## Two\n\n2\n"])).toBe(
      "# A\n\n## One\n\nnew\n\n## Two\n\n2\n\n## Left out\n\nx\n",
    );
  });
});

describe("what the objects of a library want", () => {
  test("nm's letters: defined, wanted, and wishes that may stay unanswered", () => {
    const listing =
      "\na.o:\n0000000000000000 T defined\n                 U wanted\n                 w wish\n0000000000000010 W weak\n";
    expect(symbolsIn(listing)).toEqual({ defined: ["defined", "weak"], undefined: ["wanted"] });
  });

  test("the library's own file, of the target and not of the machine that builds", () => {
    const messages = [
      '{"filenames":["/t/release/libmio.rlib"]}',
      '{"filenames":["/t/x-cosmo/release/libmio.rlib","/t/x-cosmo/release/libmio.rmeta"]}',
      "Finished",
    ].join("\n");
    expect(libraryFile(messages, "mio", "x-cosmo")).toBe("/t/x-cosmo/release/libmio.rlib");
    expect(libraryFile(messages, "nix", "x-cosmo")).toBeUndefined();
  });
});
