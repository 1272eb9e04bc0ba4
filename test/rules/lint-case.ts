import { createFixture } from "fs-fixture";
import { parse } from "smol-toml";
import { sitesOfSnippet } from "../../src/api.ts";
import { loadKnowledge } from "../../src/kb/load.ts";
import { ARCHS, HOSTS } from "../../src/model/host.ts";
import type { KnownCrate } from "../../src/model/crate.ts";
import type { Profile } from "../../src/model/profile.ts";
import type { Result } from "../../src/model/result.ts";
import type { Site } from "../../src/model/site.ts";
import type { Dependency, Package, Workspace } from "../../src/model/workspace.ts";
import { applyRules } from "../../src/rules/index.ts";
import type { Rule } from "../../src/rules/index.ts";
import { packageSites } from "../source/support.ts";
import type { RuleCase } from "./rule-cases.ts";
import { NO_PROFILE, pack, workspace } from "./support.ts";

export interface Linted {
  readonly results: readonly Result[];
  /** The text that a result stands in. */
  readonly textOf: (file: string) => string;
}

/** Everything that a case is judged with. */
export interface CaseGround {
  readonly rules: readonly Rule[];
  readonly profileOf: (name: string) => Profile;
  readonly crates: readonly KnownCrate[];
}

/** Lints a case with all rules; the caller looks at the results of the rule that it is about. */
export async function lintCase(
  each: Pick<RuleCase, "code" | "files" | "edition" | "profile">,
  ground: CaseGround,
): Promise<Linted> {
  const { code, files, edition, profile } = each;
  const chosen = profile === undefined ? NO_PROFILE : ground.profileOf(profile);
  if (files === undefined) {
    const sites = sitesOfSnippet(code ?? "", edition === undefined ? {} : { edition });
    const owner = pack("snippet", { version: "0.0.0" });
    return { results: judged(sites, workspace(owner), chosen, ground), textOf: () => code ?? "" };
  }
  const fixture = await createFixture({ ...files });
  const tree = workspaceOf(
    files["Cargo.toml"] ?? "",
    fixture.path,
    files["build.rs"] !== undefined,
  );
  const results = judged(packageSites(tree).sites, tree, chosen, ground);
  await fixture.rm();
  return { results, textOf: (file) => files[file] ?? "" };
}

function judged(
  sites: readonly Site[],
  tree: Workspace,
  profile: Profile,
  ground: CaseGround,
): Result[] {
  const { rules, crates } = ground;
  return applyRules({
    rules,
    sites,
    workspace: tree,
    knowledge: loadKnowledge(),
    profile,
    hosts: HOSTS,
    crates,
  });
}

interface Manifest {
  readonly package: { readonly name: string; readonly version: string; readonly links?: string };
  readonly "build-dependencies"?: Readonly<Record<string, unknown>>;
}

function workspaceOf(manifest: string, dir: string, hasScript: boolean): Workspace {
  const raw = parse(manifest) as unknown as Manifest;
  const { name, version, links } = raw.package;
  const tools = Object.keys(raw["build-dependencies"] ?? {}).map((tool) => {
    return pack(tool, { builds: [{ for: "host", arch: "x86_64", features: [] }] });
  });
  const script = {
    kind: "build-script",
    name: "build",
    crateName: "build",
    root: "build.rs",
    edition: "2021",
  } as const;
  const owner: Package = pack(name, {
    version,
    dir,
    builds: ARCHS.map((arch) => ({ for: "target", arch, features: [] })),
    targets: hasScript ? [script] : [],
    dependencies: tools.map(dependencyOn),
    ...(links === undefined ? {} : { links }),
  });
  return { ...workspace(owner, ...tools), root: dir };
}

function dependencyOn(tool: Package): Dependency {
  return {
    package: tool.id,
    externName: tool.name.replaceAll("-", "_"),
    kind: "build",
    archs: ["x86_64"],
    features: [],
  };
}
