/** A mistake in what the user gave us: told in one line, ends with exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Where: a path, or `path:line:column`. */
  readonly place: string | undefined;
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, detail: { place?: string; hint?: string; cause?: unknown } = {}) {
    super(message, { cause: detail.cause });
    this.place = detail.place;
    this.hint = detail.hint;
  }
}

/** The analysis could not be completed; ends with exit code 3. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
}
