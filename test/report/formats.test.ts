import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORMATS, render } from "../../src/report/index.ts";
import { anyReport, anySource, bigReport } from "./generated.ts";
import { RULES, TAXONOMY } from "./known.ts";
import { reportCase } from "./load.ts";

const OPTIONS = { rules: RULES, taxonomy: TAXONOMY };

/** Text that a workflow command stands for, as the runner takes it apart. */
function commands(
  output: string,
): { kind: string; properties: Record<string, string>; text: string }[] {
  const unescaped = (text: string): string =>
    text
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%25", "%");
  return output
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const [, kind = "", list = "", text = ""] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
      const pairs = list.split(",").map((pair) => pair.split("=").map(unescaped));
      return { kind, properties: Object.fromEntries(pairs), text: unescaped(text) };
    });
}

describe("github", () => {
  it("keeps ten of each kind and says how many more there are", () => {
    const told = commands(render("github", bigReport(300), OPTIONS));
    const kinds = (kind: string): number => told.filter((one) => one.kind === kind).length;
    expect([kinds("error"), kinds("warning"), kinds("notice")]).toEqual([10, 10, 10]);
    expect(told.at(-1)?.text).toBe("271 more findings in the job's summary.");
  });

  it("tells ten of each without a last line when that is all", () => {
    const told = commands(render("github", bigReport(30), OPTIONS));
    expect(told).toHaveLength(30);
  });

  it("tells what is in the diff first", () => {
    const inDiff = (_path: string, line: number): boolean => line > 280;
    const told = commands(render("github", bigReport(300), { ...OPTIONS, inDiff }));
    const lines = told
      .filter((one) => one.kind === "error")
      .map((one) => Number(one.properties["line"]));
    expect(lines.filter((line) => line > 280)).toHaveLength(6);
    expect(lines.slice(0, 6).every((line) => line > 280)).toBe(true);
  });

  it("is one command a line with its own properties only, whatever a crate holds", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const { kind, properties } of commands(render("github", report, OPTIONS))) {
          expect(["error", "warning", "notice"]).toContain(kind);
          expect(Object.keys(properties)).toEqual(
            properties["file"] === undefined
              ? ["title"]
              : ["file", "line", "endLine", "col", "endColumn", "title"],
          );
        }
      }),
    );
  });
});

describe("markdown", () => {
  it("stops before a job's summary is full, and says so", () => {
    const output = render("markdown", bigReport(12_000), OPTIONS);
    expect(Buffer.byteLength(output)).toBeGreaterThan(800_000);
    expect(Buffer.byteLength(output)).toBeLessThan(901_000);
    expect(output).toMatch(/\*\*Cut here: [\d,]+ more lines would not fit\.\*\*/);
  });

  it("lets no markup, mention or link of a crate through", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const output = render("markdown", report, OPTIONS);
        const prose = output
          .replaceAll(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, "")
          .replaceAll(/^ {2}<br>/gm, "");
        expect(prose).not.toMatch(/<(?!\/?br)/);
        expect(prose).not.toMatch(/@(?!&#8203;)/);
        expect(prose).not.toMatch(/:\/\/(?!docs\.rs\/crate\/)/);
      }),
    );
  });
});

describe("gitlab", () => {
  it("gives every issue a fingerprint of its own", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const issues = JSON.parse(render("gitlab", report, OPTIONS)) as { fingerprint: string }[];
        expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(issues.length);
      }),
    );
  });
});

interface RustcSpan {
  readonly file_name: string;
  readonly byte_start: number;
  readonly byte_end: number;
  readonly line_start: number;
  readonly column_start: number;
  readonly column_end: number;
  readonly text: readonly { readonly text: string }[];
}

function spans(output: string): RustcSpan[] {
  const lines = output
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return lines.flatMap((line) => line.message?.spans ?? []);
}

describe("cargo-json", () => {
  it("counts columns in characters and offsets in bytes", () => {
    const { report, options } = reportCase("own");
    const bytes = Buffer.from(options.source!("errs", "1.2.0", "src/lib.rs")!);
    const found = spans(render("cargo-json", report, options)).filter((span) =>
      span.file_name.includes("errs"),
    );
    const marked = found.map((span) => bytes.subarray(span.byte_start, span.byte_end).toString());
    expect(marked).toEqual(["11", "libc::EAGAIN", "epoll_create1("]);
  });

  it("marks the same characters by bytes and by columns, in any source", () => {
    fc.assert(
      fc.property(anyReport, anySource, (report, text) => {
        // NOTE a lone surrogate has no bytes of its own, so no compiler can have read such a file.
        const source = Buffer.from(text).toString();
        const bytes = Buffer.from(source);
        const output = render("cargo-json", report, { ...OPTIONS, source: () => source });
        const own = spans(output).filter((span) => span.file_name !== "Cargo.toml");
        const byColumn = own.map(({ text: [line], column_start, column_end }) =>
          [...(line?.text ?? "")].slice(column_start - 1, column_end - 1).join(""),
        );
        const byByte = own.map((span) => bytes.subarray(span.byte_start, span.byte_end).toString());
        expect(byByte.map((marked) => marked.replace(/[\r\n]+$/, ""))).toEqual(byColumn);
      }),
    );
  });
});

describe("every format", () => {
  it.each(FORMATS)("%s is the same twice and never throws", (format) => {
    fc.assert(
      fc.property(anyReport, anySource, (report, text) => {
        const options = { ...OPTIONS, source: () => text, lockfile: { path: "Cargo.lock", text } };
        expect(render(format, report, options)).toBe(render(format, report, options));
      }),
      { numRuns: 40 },
    );
  });

  it.each(FORMATS)(
    "%s of 25,000 results takes seconds, not minutes",
    { timeout: 30_000 },
    (format) => {
      const source = (): string => "    libc::X;\n".repeat(2500);
      expect(render(format, bigReport(25_000), { ...OPTIONS, source }).length).toBeGreaterThan(
        1000,
      );
    },
  );
});
