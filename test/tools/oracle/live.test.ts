import { describe, expect, it } from "vitest";
import { liveSection, type LiveFigures } from "../../../tools/oracle/live/section.ts";

const counts = (hidden: number): Omit<LiveFigures, "subject" | "builds" | "holdout"> => ({
  packages: 2,
  liveBodies: { shown: 10 - hidden, hidden },
  deadBodies: { shown: 1, hidden: 3 },
  deadEntries: { shown: 0, hidden: 4 },
});

describe("what is said of programs that nobody had looked at", () => {
  const rows = (figures: readonly LiveFigures[]): string[] =>
    liveSection(figures)
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| program"));

  it("keeps the first sight beside what comes out now", () => {
    const one = { subject: "a@1.0.0", builds: ["dev"], holdout: true, ...counts(0) };
    const told = rows([{ ...one, first: counts(2) }]).slice(-4);
    expect(told.map((line) => line.split(" | ").slice(0, 5))).toEqual([
      ["| a@1.0.0", "dev", "2", "10", "2"],
      ["| a@1.0.0, now", "dev", "2", "10", "0"],
      ["| **all**", "", "2", "10", "2"],
      ["| **all, now**", "", "2", "10", "0"],
    ]);
  });
});
