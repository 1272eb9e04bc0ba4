import { chmod, readdir, readFile, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, it } from "vitest";
import { Cache } from "../../src/extract/cache.ts";

const VALUE = { list: [1, 2], table: new Map([["a", Int32Array.of(1, 2)]]) };

describe("a kept value", () => {
  it("comes back as it was", async () => {
    await using fixture = await createFixture({});
    const cache = new Cache({ dir: fixture.path });
    cache.put("facts", "key", VALUE);
    expect(new Cache({ dir: fixture.path }).get("facts", "key")).toEqual(VALUE);
    expect(cache.get("runs", "key")).toBeUndefined();
  });

  it.each([0, 7, 39, 40, 60])("cut after %i bytes is not there", async (length) => {
    await using fixture = await createFixture({});
    const cache = new Cache({ dir: fixture.path });
    cache.put("facts", "key", VALUE);
    await truncate(path.join(fixture.path, "facts/key"), length);
    expect(cache.get("facts", "key")).toBeUndefined();
    cache.put("facts", "key", VALUE);
    expect(cache.get("facts", "key")).toEqual(VALUE);
  });

  it("with any one byte changed is not there", async () => {
    await using fixture = await createFixture({});
    const cache = new Cache({ dir: fixture.path });
    cache.put("facts", "key", VALUE);
    const file = path.join(fixture.path, "facts/key");
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at++) {
      const wrong = Buffer.from(whole);
      wrong[at] = wrong[at]! ^ 0x20;
      await writeFile(file, wrong);
      expect(cache.get("facts", "key"), `byte ${at}`).toBeUndefined();
    }
  });

  it("is never looked for outside of the folder", async () => {
    await using fixture = await createFixture({});
    const cache = new Cache({ dir: fixture.path });
    expect(() => cache.get("facts", "../key")).toThrow(RangeError);
  });
});

describe("the folder", () => {
  it("that can't be written is told once, and costs no more than time", async () => {
    await using fixture = await createFixture({ file: "no folder" });
    const told: string[] = [];
    const cache = new Cache({
      dir: path.join(fixture.path, "file"),
      onTrouble: (message) => told.push(message),
    });
    cache.put("facts", "one", VALUE);
    cache.put("facts", "two", VALUE);
    expect(told).toEqual([
      expect.stringMatching(/can't be written \(.*ENOTDIR\); this run goes on/u),
    ]);
    expect(cache.get("facts", "one")).toBeUndefined();
  });

  it("holds whole files only, also when several write the same key", async () => {
    await using fixture = await createFixture({});
    const writers = Array.from({ length: 4 }, () => new Cache({ dir: fixture.path }));
    for (const [index, cache] of writers.entries()) cache.put("runs", "key", index);
    expect(await readdir(path.join(fixture.path, "runs"))).toEqual(["key"]);
    expect(writers[0]!.get("runs", "key")).toBe(3);
  });

  it("stays below its limit: what was not used for longest goes first", async () => {
    await using fixture = await createFixture({});
    const cache = new Cache({ dir: fixture.path, limit: 2000 });
    for (const [index, key] of ["old", "older", "new"].entries()) {
      cache.put("facts", key, "x".repeat(900));
      const time = [2000, 1000, 3000][index]!;
      await utimes(path.join(fixture.path, "facts", key), time, time);
    }
    cache.prune();
    expect(await readdir(path.join(fixture.path, "facts"))).toEqual(["new"]);
  });

  it("is told of, and emptied", async () => {
    await using fixture = await createFixture({
      "crates/kept": "a published crate",
      "workspaces/answer.json": "of cargo's",
    });
    const cache = new Cache({ dir: fixture.path });
    cache.put("facts", "key", VALUE);
    expect(cache.info()).toMatchObject({ files: 2 });
    expect(cache.clean()).toMatchObject({ files: 2 });
    expect(cache.info()).toMatchObject({ files: 0, bytes: 0 });
    expect(await readdir(fixture.path)).toEqual(["crates"]);
  });

  it.skipIf(process.getuid?.() === 0)("may be read-only", async () => {
    await using fixture = await createFixture({});
    await chmod(fixture.path, 0o500);
    const told: string[] = [];
    const cache = new Cache({ dir: fixture.path, onTrouble: (message) => told.push(message) });
    cache.put("facts", "key", VALUE);
    expect(told).toHaveLength(1);
    await chmod(fixture.path, 0o700);
  });
});
