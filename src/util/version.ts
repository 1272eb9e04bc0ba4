import { fileURLToPath } from "node:url";
import { readRegularText } from "./regular-file.ts";

const manifest = JSON.parse(
  readRegularText(fileURLToPath(new URL("../../package.json", import.meta.url))),
) as { version: string; homepage?: string };

/** This program's version, as its package.json says. */
export const VERSION = manifest.version;

/** Where the project lives on the web, as its package.json says; absent when it says nothing. */
export const HOMEPAGE = manifest.homepage;
