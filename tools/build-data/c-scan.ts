/** Something that a translation unit defines for the linker. */
export interface Definition {
  readonly name: string;
  /** Place in the original file, from the preprocessor's markers. */
  readonly place: string;
  /** Text between the last declaration and the body: return type, name, parameters. Empty for aliases and assembly. */
  readonly head: string;
  /** The function that an alias stands for. */
  readonly aliasOf?: string;
}

/** Definitions in preprocessed C: functions, variables, aliases, labels in `asm`. Static ones are left out. */
export function scanC(text: string, tree: string): Definition[] {
  const found: Definition[] = [];
  for (const item of topLevel(text, tree)) {
    const head = item.head.replace(/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, (attribute) =>
      /alias/.test(attribute) ? attribute : " ",
    );
    const alias =
      /__alias__\s*\(\s*"(\w+)"\s*\)/.exec(head) ?? /\balias\s*\(\s*"(\w+)"\s*\)/.exec(head);
    if (/\b(__asm__|asm)\b/.test(head) && !item.body) found.push(...scanAsm(head, item.place));
    if (/\bstatic\b|\btypedef\b/.test(head)) continue;
    if (alias)
      found.push({ name: aliasName(head), place: item.place, head: "", aliasOf: alias[1] ?? "" });
    else if (item.body && /\)\s*$/.test(head.trim())) addFunction(head, item.place, found);
    else if (!/\bextern\b/.test(head)) addVariable(head, item, found);
  }
  return found;
}

/** `asm("…")` at top level: labels and the `.equ` of `__weak_reference`. */
function scanAsm(head: string, place: string): Definition[] {
  const code = [...head.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? "").join("");
  const text = code.replace(/\\[nt]/g, (escape) => (escape === "\\n" ? "\n" : "\t"));
  const aliases = new Map(
    [...text.matchAll(/\.(?:equ|set)\s+(\w+)\s*,\s*(\w+)/g)].map((match) => [
      match[1] ?? "",
      match[2] ?? "",
    ]),
  );
  return [...text.matchAll(/\.(?:globl|global|weak)\s+(\w+)/g)].map((match) => {
    const name = match[1] ?? "";
    const aliasOf = aliases.get(name);
    return { name, place, head: "", ...(aliasOf === undefined ? {} : { aliasOf }) };
  });
}

function aliasName(head: string): string {
  const before = head.slice(0, head.search(/__attribute__/));
  const names = [
    ...before.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, " ").matchAll(/[A-Za-z_]\w*/g),
  ];
  return names.at(-1)?.[0] ?? "";
}

function addFunction(head: string, place: string, found: Definition[]): void {
  if (/\bextern\b/.test(head) && /\binline\b|__gnu_inline__/.test(head)) return;
  const name = functionName(head);
  if (name) found.push({ name, place, head: head.replace(/\s+/g, " ").trim() });
}

/** The identifier before the parameter list. */
export function functionName(head: string): string | undefined {
  const match = /([A-Za-z_]\w*)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*$/.exec(head.trim());
  return match?.[1];
}

function addVariable(head: string, item: TopLevel, found: Definition[]): void {
  const name = /^[\w\s*]+?[\s*]([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*(?:=|$)/.exec(head.trim());
  if (name && !/^\s*(struct|union|enum)\s+\w+\s*$/.test(head))
    found.push({ name: name[1] ?? "", place: item.place, head: "" });
}

interface TopLevel {
  readonly head: string;
  readonly body: boolean;
  readonly place: string;
}

/** Cuts a translation unit at depth 0: `head { … }` and `head ;`. */
function* topLevel(text: string, tree: string): Generator<TopLevel> {
  let file = "";
  let line = 0;
  let depth = 0;
  let head = "";
  let place = "";
  for (const row of text.split("\n")) {
    const marker = /^# (\d+) "([^"]*)"/.exec(row);
    if (marker) {
      line = Number(marker[1]);
      file = (marker[2] ?? "").replace(`${tree}/`, "");
      continue;
    }
    if (!row.startsWith("#"))
      for (const part of row.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{};]|[^"'{};]+|["']/g) ??
        []) {
        if (part === "{") {
          if (depth === 0) yield { head, body: true, place };
          depth += 1;
        } else if (part === "}") {
          depth -= 1;
          if (depth === 0) head = "";
        } else if (part === ";" && depth === 0) {
          yield { head, body: false, place };
          head = "";
        } else if (depth === 0) {
          if (head.trim() === "") place = `${file}:${line}`;
          head += part;
        }
      }
    if (depth === 0) head += "\n";
    line += 1;
  }
}

/** Labels in preprocessed assembly. */
export function scanAssembly(text: string, file: string): Definition[] {
  const found: Definition[] = [];
  for (const row of text.split("\n")) {
    for (const match of row.matchAll(/(?:^|;|\s)([A-Za-z_][\w$]*):(?!:)/g))
      found.push({ name: match[1] ?? "", place: file, head: "" });
    const alias = /^\s*\.(?:alias|weak_alias)\s+(\w+)\s*,\s*(\w+)/.exec(row);
    if (alias) found.push({ name: alias[2] ?? "", place: file, head: "", aliasOf: alias[1] ?? "" });
    const call = /^\s*\.scall\s+(\w+)\s*,/.exec(row) ?? /^\s*\.imp\s+\w+,\s*(\w+)/.exec(row);
    if (call) found.push({ name: call[1] ?? "", place: file, head: "" });
    const set = /(?:^|;)\s*(?:\.(?:set|equ)\s+(\w+)\s*,|(\w+)\s*=\s*\w+)/.exec(row);
    if (set) found.push({ name: set[1] ?? set[2] ?? "", place: file, head: "" });
  }
  return found;
}
