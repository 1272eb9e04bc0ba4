import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // NOTE: vitest leaves one processor free, which on two of them is half
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/corpus/**"],
          testTimeout: 30_000,
          // NOTE: what tests keep between runs must not be in the cache of the one who runs them
          env: { APE_LINT_CACHE: join(tmpdir(), "ape-lint-test-cache") },
        },
      },
      {
        test: {
          // NOTE: the same tests as in "unit", with other seeds and FUZZ times as many tries
          name: "fuzz",
          include: ["test/fuzz/**/*.test.ts", "test/faults/kill.test.ts"],
          testTimeout: 3_600_000,
          env: {
            APE_LINT_CACHE: join(tmpdir(), "ape-lint-test-cache"),
            FUZZ: process.env["FUZZ"] ?? "20",
          },
        },
      },
      {
        test: {
          name: "corpus",
          include: ["test/corpus/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
