import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url)("../../package.json") as {
  version: string;
  homepage?: string;
};

/** This program's version, as its package.json says. */
export const VERSION = manifest.version;

/** Where the project lives on the web, as its package.json says; absent when it says nothing. */
export const HOMEPAGE = manifest.homepage;
