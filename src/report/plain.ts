/** Characters that steer a terminal or reorder text; a crate's names and messages may hold them on purpose. */
const STEERING = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

function shown(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Text from a crate, safe on one line of a terminal: steering characters are shown as `\u{1b}`, newlines as spaces. */
export function plain(text: string, limit = 2000): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return (
    cut
      .replace(/\r\n|[\n\r\t]/g, " ")
      .replace(STEERING, shown)
      .replace(LONE_SURROGATE, "\ufffd")
      // GitHub's log viewer takes this anywhere in a line for a command.
      .replaceAll("##[", "## [")
  );
}

/** A line of code for a frame: as `plain`, but tabs stay for the caller to expand. */
export function plainCode(line: string): string {
  return line
    .split("\t")
    .map((part) => plain(part, Number.MAX_SAFE_INTEGER))
    .join("\t");
}

function jsonEscape(character: string): string {
  if (character === "\n") return character;
  return character.replace(/[^]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The value as JSON, with characters that steer terminals written as escapes: it reads back the same. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(STEERING, jsonEscape);
}

/** Message part of a workflow command. */
export function commandData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Property of a workflow command. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Code span of Markdown that nothing inside can close, also in a table's cell. */
export function codeSpan(text: string): string {
  const body = plain(text).trim();
  if (body === "") return "";
  const runs = body.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const padded = body.startsWith("`") || body.endsWith("`") ? ` ${body} ` : body;
  return `${fence}${padded.replaceAll("|", "\\|")}${fence}`;
}

function prose(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replace(/[\\`*_{}[\]()|~!$]/g, "\\$&")
      .replace(/^(\s*)([-+=])/, "$1\\$2")
      .replace(/^(\s*\d+)([.)])(?=\s|$)/, "$1\\$2")
      // NOTE entities alone do not help: GitHub links mentions, issue numbers and addresses after it decoded them.
      .replace(/[@#]|:(?=\/\/)|(?<=www)\./gi, "$&&#8203;")
      .replace(/\b(GH)-(?=\d)/gi, "$1&#8203;-")
  );
}

/** One line of Markdown prose: `code` in backticks stays code, everything else is only text. */
export function markdownText(text: string): string {
  return plain(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? codeSpan(part.slice(1, -1)) : prose(part)))
    .join("");
}

/** A `/`-separated path as a relative URI reference. */
export function uriPath(path: string): string {
  const encoded = path
    .replace(LONE_SURROGATE, "\ufffd")
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
  return encoded.replace(/^\/+/, "");
}

/** `12,345`. NOTE: by hand: a locale's tables take longer to load than most reports to write. */
function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 place`, `2 places`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}
