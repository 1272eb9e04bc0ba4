import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createFixture } from "fs-fixture";
import { expect, it } from "vitest";
import { applyEdits, withoutOverlap, type Edit } from "../../src/fix/edits.ts";
import { unifiedDiff } from "../../src/fix/unified.ts";
import { run } from "../../src/util/process.ts";

const line = fc.stringMatching(/^[ab🦀]{0,3}$/u);
const ending = fc.constantFrom("\n", "\r\n");
const text = fc.tuple(fc.array(line, { minLength: 1, maxLength: 30 }), ending, fc.boolean());

it("is a patch that git makes the same text of", async () => {
  await using fixture = await createFixture({ "a.txt": "" });
  const env = { PATH: process.env["PATH"] ?? "" };
  const file = join(fixture.path, "a.txt");
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.tuple(fc.nat(), fc.nat(4), line), { minLength: 1, maxLength: 5 }),
      async ([lines, eol, open], raw) => {
        const before = `x${lines.join(eol)}${open ? "" : eol}`;
        const edits = raw.map(([at, size, newText]): Edit => {
          const start = at % before.length;
          return { start, end: Math.min(before.length, start + size), newText };
        });
        const kept = withoutOverlap(
          edits.map((edit) => ({ parts: [{ file: "", edits: [edit] }] })),
        );
        const some = kept
          .flatMap(({ parts }) => parts.flatMap((part) => part.edits))
          .filter(({ start, end, newText }) => before.slice(start, end) !== newText);
        const after = applyEdits(before, some);
        fc.pre(
          after !== before &&
            after !== "" &&
            Buffer.from(before).toString() === before &&
            Buffer.from(after).toString() === after,
        );
        writeFileSync(file, before);
        const patch = unifiedDiff("a.txt", before, some);
        const done = await run("git", ["apply", "--unidiff-zero", "--whitespace=nowarn", "-"], {
          cwd: fixture.path,
          env,
          input: patch,
        });
        expect(done.code, `${done.stderr}\n${patch}`).toBe(0);
        expect(readFileSync(file, "utf8")).toBe(after);
      },
    ),
    { numRuns: 60 },
  );
});
