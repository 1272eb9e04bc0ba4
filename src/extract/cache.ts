import { createHash, randomUUID } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { entriesOf } from "../util/entries.ts";
import { systemReason } from "../util/errors.ts";

/** What a kept value is about; each has a folder of its own. */
export const CACHE_KINDS = ["facts", "foundations", "runs", "yaml"] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];

/** What who asks cargo keeps in the cache's folder besides. Published crates, which are no copy of anything, stay. */
const OTHER_FOLDERS = ["workspaces", "manifests", "cargo-target", "scratch"] as const;

/** First bytes of every file of ours; counts up with the form of the files. */
const MAGIC = Buffer.from("APELINT\u0001");
const DIGEST = 32;
/** Larger values are not kept: reading them back would cost more than it saves. */
const LARGEST = 256 * 1024 * 1024;
/** All files together; the least recently used go first. */
const DEFAULT_LIMIT = 1024 * 1024 * 1024;
/** How often the time of last use is written down. */
const TOUCH_MS = 60 * 60 * 1000;

export interface CacheOptions {
  readonly dir: string;
  /** Bytes that all files may have together. */
  readonly limit?: number;
  /** Told once, when the cache can't be written. */
  readonly onTrouble?: (message: string) => void;
}

/** What `cache info` tells. */
export interface CacheInfo {
  readonly dir: string;
  readonly files: number;
  readonly bytes: number;
  readonly limit: number;
}

/**
 * Values kept between runs, one file each.
 *
 * Safe when several runs share it and when one is killed at any moment: a file appears whole or not at all, and one
 * whose checksum is wrong counts as not there. A folder that can't be written makes runs slower, never wrong.
 */
export class Cache {
  readonly dir: string;
  private readonly limit: number;
  private readonly onTrouble: (message: string) => void;
  private writable = true;

  constructor({ dir, limit = DEFAULT_LIMIT, onTrouble = () => {} }: CacheOptions) {
    this.dir = dir;
    this.limit = limit;
    this.onTrouble = onTrouble;
  }

  /** @returns the value kept under a key, as it was; what it holds is the caller's to check. */
  get(kind: CacheKind, key: string): unknown {
    const file = this.fileOf(kind, key);
    try {
      const bytes = readFileSync(file);
      const value = unseal(bytes);
      if (value === undefined) rmSync(file, { force: true });
      else touch(file);
      return value;
    } catch {
      return undefined;
    }
  }

  put(kind: CacheKind, key: string, value: unknown): void {
    this.putBytes(kind, key, serialize(value));
  }

  /** The same for a value that `v8.serialize` has made bytes of already. */
  putBytes(kind: CacheKind, key: string, payload: Uint8Array): void {
    if (!this.writable || payload.length > LARGEST) return;
    const file = this.fileOf(kind, key);
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      mkdirSync(join(this.dir, kind), { recursive: true });
      writeFileSync(temporary, Buffer.concat([MAGIC, digestOf(payload)]));
      writeFileSync(temporary, payload, { flag: "a" });
      renameSync(temporary, file);
    } catch (error) {
      this.writable = false;
      const reason = systemReason(error) ?? String(error);
      this.onTrouble(
        `the cache in ${this.dir} can't be written (${reason}); this run goes on without`,
      );
      rmQuietly(temporary);
    }
  }

  /** Delete the least recently used files until the rest is small enough; to be called at the end of a run. */
  prune(): void {
    const now = Date.now();
    // used in the future: the clock was set back, and nothing tells when
    const files = this.files().map((file) =>
      file.used > now + TOUCH_MS ? { ...file, used: 0 } : file,
    );
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= this.limit) return;
    for (const file of files.toSorted((a, b) => a.used - b.used)) {
      if (bytes <= this.limit * 0.8) return;
      rmQuietly(file.path);
      bytes -= file.bytes;
    }
  }

  info(): CacheInfo {
    const files = [...CACHE_KINDS, ...OTHER_FOLDERS].flatMap((name) =>
      sizesIn(join(this.dir, name)),
    );
    const bytes = files.reduce((sum, size) => sum + size, 0);
    return { dir: this.dir, files: files.length, bytes, limit: this.limit };
  }

  /** Delete all that is kept. @returns what was there */
  clean(): CacheInfo {
    const info = this.info();
    for (const name of [...CACHE_KINDS, ...OTHER_FOLDERS])
      rmSync(join(this.dir, name), { recursive: true, force: true });
    return info;
  }

  private fileOf(kind: CacheKind, key: string): string {
    if (!/^[\w.+-]+$/.test(key)) throw new RangeError(`no key: ${key}`);
    return join(this.dir, kind, key);
  }

  private files(): { path: string; bytes: number; used: number }[] {
    return CACHE_KINDS.flatMap((kind) =>
      entriesOf(join(this.dir, kind)).flatMap(({ name }) => {
        const path = join(this.dir, kind, name);
        const stat = statSync(path, { throwIfNoEntry: false });
        return stat?.isFile() === true ? [{ path, bytes: stat.size, used: stat.mtimeMs }] : [];
      }),
    );
  }
}

function unseal(bytes: Buffer): unknown {
  const head = MAGIC.length + DIGEST;
  if (bytes.length < head || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const payload = bytes.subarray(head);
  if (!digestOf(payload).equals(bytes.subarray(MAGIC.length, head))) return undefined;
  return deserialize(payload);
}

function digestOf(payload: Uint8Array): Buffer {
  return createHash("sha256").update(payload).digest();
}

function touch(file: string): void {
  const now = Date.now();
  if (Math.abs(now - statSync(file).mtimeMs) < TOUCH_MS) return;
  utimesSync(file, now / 1000, now / 1000);
}

/** Bytes of every file below a folder; links are not followed. */
function sizesIn(dir: string): number[] {
  return entriesOf(dir).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return sizesIn(path);
    return lstatSync(path, { throwIfNoEntry: false })?.size ?? [];
  });
}

function rmQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // somebody else was faster, or nobody may
  }
}
