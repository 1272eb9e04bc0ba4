import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { onTestFinished } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol/node";

/** The workspace that our examples are about; tests that only read use it where it is. */
export const DEMO = path.resolve(import.meta.dirname, "../../fixtures/demo");
export const MAIN = "crates/echo-server/src/main.rs";
export const MANIFEST = "crates/echo-server/Cargo.toml";

export function demoFile(file: string): { file: string; text: string } {
  const full = path.join(DEMO, file);
  return { file: full, text: readFileSync(full, "utf8") };
}

/** Whether what is told of the main file is what a run says: rules may come and go, this one result stays. */
export function isWhole(found: readonly Diagnostic[]): boolean {
  return found.some(({ code }) => code === "errno-literal");
}

/** A copy of it that a test may change. */
export async function demoCopy(): Promise<{
  root: string;
  at: (file: string) => string;
  write: (file: string, text: string) => Promise<void>;
  read: (file: string) => string;
}> {
  const fixture = await createFixture(DEMO);
  onTestFinished(() => fixture.rm());
  const at = (file: string): string => path.join(fixture.path, file);
  return {
    root: fixture.path.replace(/[\\/]$/u, ""),
    at,
    write: async (file, text) => {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      await fixture.writeFile(file, text);
    },
    read: (file) => readFileSync(at(file), "utf8"),
  };
}
