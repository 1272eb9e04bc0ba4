// Puts the program into few files: to open many small ones takes longer than most commands do.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const root = new URL("../", import.meta.url);
const { bin, dependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

/** Libraries of many small files that every run needs; all others stay where npm puts them. */
const INSIDE = [
  "commander",
  "fastest-levenshtein",
  "picocolors",
  "semver",
  "smol-toml",
  "toml-eslint-parser",
  "zod",
];
/** What these bring themselves. */
const BROUGHT = ["eslint-visitor-keys"];

/** The command whose answer is a matter of milliseconds. */
const SHORT = "src/cli/commands/explain.ts";
/** Every part stands two folders below the root: paths to data and rules are counted from there. */
const PARTS = "parts";
const ZOD = `${PARTS}/zod.cjs`;
const WORKERS = ["src/analyse/worker.ts", "src/analyse/tree-worker.ts", "src/lsp/run-worker.ts"];

/** The words of zod's messages in fifty languages are half of all; we have messages of our own. */
const oneLanguage = {
  name: "one-language",
  setup({ onLoad }) {
    onLoad({ filter: /zod.v4.locales.index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** What is built has few schemas left to make, and most commands none: zod is loaded with the first. */
const zodLater = {
  name: "zod-later",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod$/ }, ({ path }) => ({ path, namespace: "later" }));
    onLoad({ filter: /^zod$/, namespace: "later" }, () => ({
      contents: `
        import { createRequire } from "node:module";
        const load = createRequire(import.meta.url);
        let zod;
        export const z = new Proxy({}, { get: (_, name) => (zod ??= load("../${ZOD}"))[name] });`,
    }));
  },
};

/** Commander can start programs for commands; ours never do, and what starts them takes long to load. */
const noPrograms = {
  name: "no-programs",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      /commander/.test(importer) ? { path, namespace: "later" } : undefined,
    );
    onLoad({ filter: /^node:child_process$/, namespace: "later" }, () => ({
      contents: 'exports.spawn = (...args) => require("node:child_process").spawn(...args);',
    }));
  },
};

const common = {
  absWorkingDir: fileURLToPath(root),
  bundle: true,
  platform: "node",
  target: "node20.19",
  minifyWhitespace: true,
};

rmSync(new URL("dist", root), { recursive: true, force: true });
await build({
  ...common,
  entryPoints: ["zod"],
  outfile: `dist/${ZOD}`,
  format: "cjs",
  plugins: [oneLanguage],
});
const program = {
  ...common,
  entryPoints: Object.fromEntries([
    ...Object.values(bin).map((file) => {
      const name = file.replace(/^(?:\.\/)?dist\/(.*)\.js$/u, "$1");
      return [name, `src/${name}.ts`];
    }),
    ...WORKERS.map((file) => [`${PARTS}/${file.replace(/^.*\/|\.ts$/gu, "")}`, file]),
  ]),
  outdir: "dist",
  chunkNames: `${PARTS}/[name]-[hash]`,
  splitting: true,
  format: "esm",
  plugins: [zodLater, noPrograms],
  external: Object.keys(dependencies).filter((name) => !INSIDE.includes(name)),
  // what is written for `require` asks for node's own modules
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = (name) => requireFrom(import.meta.url)(name);',
  },
};
await build({ ...program, plugins: [...program.plugins, together(await graphOf(program))] });
// what stands before every part may use a name that a part has, too: that is seen here, not by whoever runs it
for (const part of partsOf("dist"))
  await transform(readFileSync(part, "utf8"), { sourcefile: part });
writeFileSync(
  new URL("dist/LICENSES.txt", root),
  [...INSIDE, ...BROUGHT].map(licenceOf).join("\n\n"),
);

/** The terms of a library that is inside, as it brings them. */
function licenceOf(name) {
  const folder = new URL(`node_modules/${name}/`, root);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/iu.test(each));
  if (file === undefined) throw new Error(`${name} brings no licence`);
  return `${name}\n\n${readFileSync(new URL(file, folder), "utf8")}`;
}

/** What imports what, and how. */
async function graphOf(options) {
  const { metafile } = await build({ ...options, write: false, metafile: true });
  return metafile.inputs;
}

/**
 * What a short answer needs stands in one file: to find and open forty small ones takes as long as to answer. Parts are what
 * the same entries need, so every entry that is loaded later asks for all of it.
 */
function together(graph) {
  const later = Object.values(graph)
    .flatMap(({ imports }) => imports)
    .filter(({ kind, external }) => kind === "dynamic-import" && external !== true);
  const entries = new Set([...later.map(({ path }) => path), ...WORKERS]);
  const shared = [...neededBy(graph, SHORT)].filter(
    (file) => file.startsWith("src/") && !entries.has(file),
  );
  const asks = shared.map((file) => `import ${JSON.stringify(absolute(file))};`).join("\n");
  const files = new Set([...entries].map(absolute));
  return {
    name: "together",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        files.has(path)
          ? { contents: `${readFileSync(path, "utf8")}\n${asks}`, loader: "ts" }
          : undefined,
      );
    },
  };
}

/** All that a file imports, and what that does, without what is loaded later. */
function neededBy(graph, file, seen = new Set()) {
  for (const { path, kind } of graph[file]?.imports ?? []) {
    if (kind !== "import-statement" || seen.has(path)) continue;
    seen.add(path);
    neededBy(graph, path, seen);
  }
  return seen;
}

function partsOf(folder) {
  return readdirSync(absolute(folder), { recursive: true })
    .filter((file) => file.endsWith(".js"))
    .map((file) => absolute(join(folder, file)));
}

function absolute(file) {
  return join(fileURLToPath(root), file);
}
