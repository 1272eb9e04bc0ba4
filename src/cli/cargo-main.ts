#!/usr/bin/env node
import { start } from "./start.ts";

// NOTE: cargo calls `cargo-ape-lint ape-lint ARGS…`; called by hand the first word is missing.
const [first, ...rest] = process.argv.slice(2);
const args = first === "ape-lint" ? rest : process.argv.slice(2);
await start({ command: "cargo ape-lint", args });
