import { appendFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { serialize } from "node:v8";
import { createFixture } from "fs-fixture";
import { expect, it } from "vitest";
import { run } from "../../src/api.ts";
import { Cache, CACHE_KINDS } from "../../src/extract/cache.ts";
import type { Report } from "../../src/model/result.ts";
import { forgetYaml } from "../../src/util/yaml-memo.ts";
import { render } from "../../src/report/index.ts";

const DEMO = path.join(import.meta.dirname, "../../fixtures/demo");

/** Times differ from run to run; all else must not. */
function asJson(report: Report): string {
  return render("json", { ...report, stats: { ...report.stats, milliseconds: {} } });
}

async function analysed(dir: string, cacheDir: string | false): Promise<string> {
  return asJson(await run({ input: { kind: "path", path: dir }, noCargo: true, cacheDir }));
}

it("a report is the same without a cache, with an empty one, with facts only, and with everything kept", async () => {
  await using cache = await createFixture({});
  const plain = await analysed(DEMO, false);
  expect(await analysed(DEMO, cache.path)).toBe(plain);
  expect(await readdir(path.join(cache.path, "runs"))).toHaveLength(1);
  expect(await analysed(DEMO, cache.path)).toBe(plain);
  await rm(path.join(cache.path, "runs"), { recursive: true });
  expect(await analysed(DEMO, cache.path)).toBe(plain);
});

it("one changed file changes the report, and back again", async () => {
  await using cache = await createFixture({});
  await using project = await createFixture(DEMO);
  const before = await analysed(project.path, cache.path);
  const file = path.join(project.path, "crates/echo-server/src/main.rs");
  await rename(file, `${file}.kept`);
  await writeFile(file, "fn main() { std::env::temp_dir(); }\n");
  const other = await analysed(project.path, cache.path);
  expect(other).toBe(await analysed(project.path, false));
  expect(other).not.toBe(before);
  await rename(`${file}.kept`, file);
  expect(await analysed(project.path, cache.path)).toBe(before);
  await appendFile(file, "\n// nothing that matters\n");
  expect(await analysed(project.path, cache.path)).toBe(await analysed(project.path, false));
});

it.each(["src/codes.rsv", "src/codes"])(
  "so does one that a body includes, as long as it was: %s",
  async (file) => {
    await using cache = await createFixture({});
    await using project = await createFixture({
      "Cargo.toml": '[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n',
      "src/main.rs": `fn main() { let _ = include!("${path.basename(file)}"); }`,
      [file]: "std::env::current_dir()",
    });
    const before = await analysed(project.path, cache.path);
    await writeFile(path.join(project.path, file), "std::env::current_exe()");
    const after = await analysed(project.path, cache.path);
    expect(after).not.toBe(before);
    expect(after).toContain("std::env::current_exe");
  },
);

it("what a program gets to later is found in packages that an earlier run kept", async () => {
  await using cache = await createFixture({});
  await using project = await createFixture(DEMO);
  const file = path.join(project.path, "crates/echo-server/src/main.rs");
  await rename(file, `${file}.kept`);
  await writeFile(file, "mod poller;\nfn main() {}\n");
  const without = await analysed(project.path, cache.path);
  expect(without).toBe(await analysed(project.path, false));
  await writeFile(
    file,
    "mod poller;\nfn main() { let _ = plainsock::Listener::bind(1); }\nmod unused { use plainsock::*; }\n",
  );
  await rm(path.join(cache.path, "facts"), { recursive: true });
  const within = await analysed(project.path, cache.path);
  expect(within).not.toBe(without);
  expect(within).toContain("plainsock::Listener::bind");
  expect(within).toBe(await analysed(project.path, false));
  await rename(`${file}.kept`, file);
  expect(await analysed(project.path, cache.path)).toBe(await analysed(project.path, false));
});

it("a kept foundation with sites of another form is a miss", async () => {
  await using cache = await createFixture({});
  const plain = await analysed(DEMO, cache.path);
  const keeper = new Cache({ dir: cache.path });
  const [key = ""] = await readdir(path.join(cache.path, "foundations"));
  const kept = keeper.get("foundations", key) as { crates: { sites: { sites: object[] } }[] };
  expect(kept.crates.some(({ sites }) => sites.sites.length > 0)).toBe(true);
  for (const { sites } of kept.crates)
    sites.sites = sites.sites.map((site) => ({ ...site, archs: 1 }));
  keeper.put("foundations", key, kept);
  await rm(path.join(cache.path, "runs"), { recursive: true });
  expect(await analysed(DEMO, cache.path)).toBe(plain);
});

it("whole files with a foreign form are misses", async () => {
  await using cache = await createFixture({});
  forgetYaml();
  const plain = await analysed(DEMO, cache.path);
  const writer = new Cache({ dir: cache.path });
  const answer = { kind: "target", sources: [{ files: new Map([["a", {}]]) }] };
  const forms = [answer, { state: "", answer }, null, [], "x"];
  for (const form of forms) {
    for (const kind of CACHE_KINDS) {
      for (const key of await readdir(path.join(cache.path, kind)))
        writer.putBytes(kind, key, serialize(form));
    }
    forgetYaml();
    expect(await analysed(DEMO, cache.path)).toBe(plain);
  }
});
