#!/usr/bin/env node
import { start } from "./start.ts";

await start({ command: "ape-lint", args: process.argv.slice(2) });
