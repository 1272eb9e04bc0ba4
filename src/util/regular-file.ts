import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** No manifest, lockfile, configuration or rule that people write is half as large. */
const MAX_BYTES = 64 * 1024 * 1024;

function refused(code: string, file: string): Error {
  return Object.assign(new Error(`${file} was not read`), { code });
}

/**
 * Bytes of a regular file that somebody else could have put there. Devices and pipes, which never end or wait for
 * ever, and files of more than `limit` bytes are refused as the system refuses: an error with a `code`.
 */
export function readRegularFile(file: string, limit = MAX_BYTES): Buffer {
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw refused("EISDIR", file);
    if (!stat.isFile()) throw refused("EFTYPE", file);
    if (stat.size > limit) throw refused("EFBIG", file);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same as text. */
export function readRegularText(file: string, limit = MAX_BYTES): string {
  return readRegularFile(file, limit).toString("utf8");
}
