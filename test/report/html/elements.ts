/** A tag of a page as a browser would read it. */
export interface Element {
  readonly tag: string;
  readonly kind: "open" | "close" | "void";
  readonly attributes: ReadonlyMap<string, string>;
}

const VOID = new Set(["meta", "input", "circle", "path", "rect", "use", "wbr"]);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(\/?)>/gi;

/** Text of scripts and styles is no markup: a browser ends it at the first end tag. */
function withoutRaw(page: string): string {
  return page.replace(/(<(script|style)\b[^>]*>)[^]*?(<\/\2\s*>)/gi, "$1$3");
}

/** The tags of a page, strictly: throws at any `<` that begins none of the form that we write. */
export function elementsOf(page: string): Element[] {
  const body = withoutRaw(page).replace(/^<!doctype html>/, "");
  const stray = body.replace(TAG, "").match(/[^]{0,40}[<>][^]{0,40}/);
  if (stray !== null) throw new Error(`markup that is not ours: ${JSON.stringify(stray[0])}`);
  return [...body.matchAll(TAG)].map(([, slash, name = "", list = "", end]): Element => {
    const tag = name.toLowerCase();
    const pairs = [...list.matchAll(/([^\s"'<>/=]+)(?:="([^"]*)")?/g)];
    const attributes = new Map(pairs.map(([, key = "", value = ""]) => [key, value]));
    const isVoid = VOID.has(tag) || end === "/";
    return { tag, kind: slash === "/" ? "close" : isVoid ? "void" : "open", attributes };
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** The text that a reader sees. */
export function textOf(page: string): string {
  return withoutRaw(page)
    .replace(TAG, "")
    .replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? "");
}
