/**
 * Who may import whom, from the ground up. A layer may use every layer that stands above it in this list
 * (model is the ground), none below it, and none beside it.
 */
const LAYERS = [
  { names: ["model"], why: "plain data that passes between stages; it knows nobody" },
  { names: ["util"], why: "small helpers that would make sense in another project" },
  {
    names: ["syntax", "kb", "cargo", "config"],
    why: "four independent sources of facts about the world; one of them never needs another",
  },
  { names: ["source"], why: "files of a package; knows packages, not what is written in them" },
  { names: ["doctor"], why: "files of the toolchain; knows no crate's code" },
  {
    names: ["extract"],
    why: "facts per file, without target and rule: that is what makes its cache valid for ever",
  },
  { names: ["resolve"], why: "names and cfg; sees facts, never a syntax tree nor the disk" },
  { names: ["reach"], why: "which items the roots lead to; works on what resolve found" },
  { names: ["rules"], why: "judges facts; must not know what is made of a result" },
  { names: ["verdict"], why: "folds results into what will happen" },
  { names: ["plan"], why: "says what to do about it; the last stage that thinks" },
  { names: ["analyse"], why: "runs the stages in order; the only place that knows them all" },
  { names: ["api"], why: "the list of stages: the one door for cli, lsp and the action" },
  {
    names: ["lsp"],
    why: "answers an editor; one of the commands starts it, and it knows none of them",
  },
  { names: ["cli"], why: "the way in; nothing may depend on how it was called" },
];

const folder = (names) => `^src/(?:${names.join("|")})(?:/|[.]ts$)`;

const directions = LAYERS.flatMap(({ names, why }, index) => {
  const later = LAYERS.slice(index + 1).flatMap((layer) => layer.names);
  return names.map((name) => {
    const forbidden = [...names.filter((other) => other !== name), ...later, "report", "fix"];
    const outputs = ["cli", "lsp", "api"].includes(name) ? ["report", "fix"] : [];
    return {
      name: `${name}-looks-down-only`,
      comment: `${name}: ${why}.`,
      severity: "error",
      from: { path: folder([name]) },
      to: { path: folder(forbidden.filter((other) => !outputs.includes(other))) },
    };
  });
});

export default {
  forbidden: [
    ...directions,
    {
      name: "report-is-pure",
      comment:
        "A reporter turns a finished report into text. It needs the data types and small helpers only.",
      severity: "error",
      from: { path: "^src/report/" },
      to: { path: "^src/", pathNot: "^src/(?:report|model|util)/" },
    },
    {
      name: "fix-is-pure",
      comment:
        "A fix turns results and the text of a file into edits; to see where an expression begins it needs the lexer. Whoever called it applies them.",
      severity: "error",
      from: { path: "^src/fix/" },
      to: { path: "^src/", pathNot: "^src/(?:fix|model|util|syntax)/" },
    },
    {
      name: "disk-in-few-places",
      comment:
        "Whoever reads a disk has to think of hostile paths. These places do; all others get text or data handed to them.",
      severity: "error",
      from: {
        path: "^src/",
        pathNot:
          "^src/(?:config|kb|cargo|source|cli)/|^src/extract/[^/]*(?:worker|cache)|^src/rules/load|^src/util/(?:regular-file|entries)[.]",
      },
      to: { path: "^(?:node:)?fs(?:/promises)?$" },
    },
    {
      name: "no-network",
      comment: "We never talk to the network; only cargo does, when asked.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(?:node:)?(?:net|tls|http|https|http2|dgram|dns)(?:/promises)?$" },
    },
    {
      name: "processes-in-util-only",
      comment: "One place starts programs, with limits and never through a shell.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/util/process" },
      to: { path: "^(?:node:)?child_process$" },
    },
    {
      name: "no-cycles",
      comment:
        "Two files that need each other are one file, or three. Readers of a recursive language are the exception: an expression holds types, which hold expressions.",
      severity: "error",
      from: { path: "^(?:src|tools)/", pathNot: "^src/(?:extract|syntax|resolve/macros)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    {
      name: "product-needs-no-tests",
      comment:
        "Tests and tools are not in the package; code that needs them breaks where it is installed.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(?:test|tools|fixtures)/" },
    },
    {
      name: "no-development-packages",
      comment: "A package of devDependencies is not there at the user's.",
      severity: "error",
      from: { path: "^src/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere fails at the user's only.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
