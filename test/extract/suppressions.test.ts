import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { suppressionsIn } from "../../src/analyse/suppressions.ts";
import { extractFile } from "../../src/extract/extract.ts";

const FORMS = new URL("../../fixtures/suppressions/forms/forms.rs", import.meta.url);

function table(source: string): string {
  const found = suppressionsIn({ name: "p", version: "0.1.0" }, "f.rs", extractFile(source));
  return found
    .map(({ start, lines, rules, until, reason, problem }) => {
      const what = problem ?? `${rules.join(" ")}${until === undefined ? "" : ` until ${until}`}`;
      return `${start.line}:${start.column} covers ${lines.join("-")}: ${what} | ${reason}\n`;
    })
    .join("");
}

test("every form of a suppression, and what each covers", async () => {
  const source = readFileSync(FORMS, "utf8");
  await expect(table(source)).toMatchFileSnapshot(
    "../../fixtures/suppressions/forms/forms.expected.txt",
  );
});

test("the end of lines does not matter", () => {
  const source = readFileSync(FORMS, "utf8");
  expect(table(source.replaceAll("\n", "\r\n"))).toBe(table(source));
});

test("a file without our name has none", () => {
  expect(extractFile("// lint: allow(x) y\nfn main() {}\n").suppressions).toBeUndefined();
});

test("no text makes it throw", () => {
  const part = fc.constantFrom(
    "// ape-lint: allow(",
    "rule",
    ")",
    '"',
    "\n",
    "#[allow(ape_lint::",
    "x",
    "]",
    "{",
    "}",
    "/*",
    "*/",
    "fn f() ",
    "//! ape-lint: allow(a) b\n",
    "until = ",
    "'",
    'r#"',
    ";",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const source = `${parts.join("")}\n// ape_lint`;
      const lines = source.split("\n").length;
      for (const {
        lines: [from, to],
      } of extractFile(source).suppressions ?? []) {
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(lines);
      }
    }),
  );
});
