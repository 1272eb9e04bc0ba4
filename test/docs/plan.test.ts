import { expect, test } from "vitest";
import { runCli } from "../cli/support.ts";
import { blocks, readPage, ROOT } from "./pages.ts";

test("docs/plan.md shows what its command line says", async () => {
  const { text } = readPage("docs/plan.md");
  const [command = ""] = blocks(text, "sh");
  const args = command.trim().split("npx ape-lint ")[1]?.split(" ") ?? [];
  const { code, stdout } = await runCli([...args, "--no-cargo", "--no-cache"], { cwd: ROOT });
  expect(code).toBe(0);
  expect(stdout).toBe(blocks(text, "text")[0]);
});
