import { join } from "node:path";
import { run } from "../../../src/api.ts";
import type { Host } from "../../../src/model/host.ts";
import type { HostVerdict } from "../../../src/model/result.ts";
import { PROGRAMS } from "./build.ts";

/** A verdict, and the rules that decide it. */
export interface Said {
  readonly verdict: HostVerdict;
  readonly because: readonly string[];
}

/** What `check FILE.rs` says of a program per host. */
export async function predictRun(name: string, profile: string): Promise<ReadonlyMap<Host, Said>> {
  const report = await run({
    input: { kind: "file", path: join(PROGRAMS, `${name}.rs`) },
    profile,
  });
  const rules = new Map(report.results.map(({ fingerprint, rule }) => [fingerprint, rule]));
  return new Map(
    report.matrix.map(({ host, verdict, because }) => {
      const deciding = because.flatMap((each) => rules.get(each) ?? []);
      return [host, { verdict, because: [...new Set(deciding)] }];
    }),
  );
}
