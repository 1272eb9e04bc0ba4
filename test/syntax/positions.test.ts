import { describe, expect, it } from "vitest";
import { sitesOfSnippet } from "../../src/api.ts";
import { lineStartsOf, positionAt } from "../../src/syntax/positions.ts";

describe("positions", () => {
  it("count the first line of a file with a byte order mark as that of one without", () => {
    const source = "\ufeffab\ncd";
    const starts = lineStartsOf(source);
    expect(positionAt(starts, source.indexOf("b"))).toEqual({ line: 1, column: 2 });
    expect(positionAt(starts, source.indexOf("d"))).toEqual({ line: 2, column: 2 });
  });

  it("of sites are the same with and without a byte order mark, on every line", () => {
    const code = "fn a() -> i32 { libc::SOL_SOCKET }\nfn b() -> i32 { libc::O_CLOEXEC }\n";
    const places = (text: string): unknown =>
      sitesOfSnippet(text).map(({ name, span }) => [name, span]);
    expect(places(`\ufeff${code}`)).toEqual(places(code));
    expect(JSON.stringify(places(code))).toContain('"SOL_SOCKET",{"start":{"line":1,"column":23}');
  });
});
