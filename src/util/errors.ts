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

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "this is a folder",
  ENOSPC: "no space left on the device",
  EROFS: "the file system is read-only",
  ELOOP: "links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many open files",
  EIO: "the device failed",
  EFBIG: "the file is too large",
  EFTYPE: "this is no regular file",
};

/** Why the system refused, in words with its own code behind; undefined when it was not the system. */
export function systemReason(cause: unknown): string | undefined {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (typeof code !== "string") return undefined;
  const words = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return words === undefined ? code : `${words}, ${code}`;
}

/** What anything that was thrown says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The analysis could not be completed; ends with exit code 3. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
}

/** Does work that goes as deep as a text is nested; a text that is nested too deeply is an InputError. */
export function notTooDeep<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError("this is nested too deeply", { place: file, cause: error });
  }
}
