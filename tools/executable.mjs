// npx runs the commands of this package by their own files once it knows the folder: a new build has to be executable.
import { chmodSync, readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
for (const file of Object.values(bin)) chmodSync(new URL(file, root), 0o755);
