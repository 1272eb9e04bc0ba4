import { expect, test, vi } from "vitest";

const asked = vi.hoisted((): string[] => []);
vi.mock("zod", () => {
  const z = new Proxy({}, { get: (_, name) => asked.push(String(name)) });
  return { z };
});

// docs/decisions/0019-checked.md: zod is a file of its own, which is loaded with the first schema
test.each(["check", "explain", "matrix"])("to load `%s` makes no schema", async (command) => {
  await import(`../../src/cli/commands/${command}.ts`);
  expect(asked).toEqual([]);
});
