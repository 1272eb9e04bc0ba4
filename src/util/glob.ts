/**
 * Whether a `/`-separated path fits a pattern of `*` (any part of a name), `?` (one character) and `**` (any
 * number of folders). No regular expression is made of it, so a hostile pattern costs no more than a long one.
 */
export function fitsGlob(pattern: string, path: string): boolean {
  return fitsParts(pattern.split("/"), path.split("/"));
}

function fitsParts(patterns: readonly string[], names: readonly string[]): boolean {
  return fits(patterns.length, names.length, (at, name) => {
    if (patterns[at] === "**") return "any";
    return fitsName(patterns[at] ?? "", names[name] ?? "") ? "one" : "none";
  });
}

function fitsName(pattern: string, name: string): boolean {
  return fits(pattern.length, name.length, (at, index) => {
    const wanted = pattern[at];
    if (wanted === "*") return "any";
    return wanted === "?" || wanted === name[index] ? "one" : "none";
  });
}

/** The usual walk with one way back: to the last piece that takes any number. */
function fits(
  patterns: number,
  names: number,
  compare: (pattern: number, name: number) => "any" | "one" | "none",
): boolean {
  let pattern = 0;
  let name = 0;
  let back: { pattern: number; name: number } | undefined;
  while (name < names) {
    const found = pattern < patterns ? compare(pattern, name) : "none";
    if (found === "any") {
      back = { pattern, name };
      pattern += 1;
    } else if (found === "one") {
      pattern += 1;
      name += 1;
    } else if (back === undefined) return false;
    else {
      back.name += 1;
      pattern = back.pattern + 1;
      name = back.name;
    }
  }
  while (pattern < patterns && compare(pattern, names) === "any") pattern += 1;
  return pattern === patterns;
}
