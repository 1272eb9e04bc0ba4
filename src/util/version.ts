import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url)("../../package.json") as { version: string };

/** This program's version, as its package.json says. */
export const VERSION = manifest.version;
