/** Whether a name ends as the last part says, and has all others in front of it. */
export function holdsInOrder(name: string, parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? "";
  if (!name.endsWith(last)) return false;
  let at = 0;
  for (const part of parts.slice(0, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
