import type { NotAnalysed } from "../model/place.ts";
import type { Site } from "../model/site.ts";
import type { Package } from "../model/workspace.ts";
import { archsOf } from "./manifest-sites.ts";
import type { SitesFound } from "./manifest-sites.ts";
import { nativeFiles } from "./native-files.ts";
import type { NativeFile } from "./native-files.ts";
import { readNative } from "./native-text.ts";
import type { NativeText } from "./native-text.ts";
import { PackageReader } from "./read-file.ts";

/** How many files a fact names; their number is told besides. */
const NAMED = 40;

/**
 * The files in other languages that a package builds in, one fact per language, and one per thing in them that
 * matters: a guard on `__linux__`, a macro that the preprocessor asks about, a C function that is called. Only of
 * packages with a build script: nothing else can build such a file in.
 */
export function nativeSites(owner: Package): SitesFound {
  const script = owner.targets.some((target) => target.kind === "build-script");
  if (!script && owner.links === undefined) return { sites: [], notAnalysed: [] };
  const { files, cut } = nativeFiles(owner.dir);
  const reader = new PackageReader(owner.dir);
  const texts = files
    .filter((each) => each.language !== "object")
    .map((each) => ({ ...each, ...readNative(reader, each) }));
  const sites = [
    ...byLanguage(files).map(({ language, group }) =>
      site({ owner, files: group, data: { language } }),
    ),
    ...guarded(owner, texts),
    ...asked(owner, texts),
    ...called(owner, texts),
  ];
  return { sites, notAnalysed: cut ? [tooMany(owner)] : [] };
}

type Text = NativeFile & NativeText;

function byLanguage(
  files: readonly NativeFile[],
): { language: string; group: readonly NativeFile[] }[] {
  const languages = [
    ...new Set(files.map((each) => (each.language === "header" ? "" : each.language))),
  ];
  return languages
    .filter((language) => language !== "")
    .map((language) => ({ language, group: files.filter((each) => each.language === language) }));
}

function guarded(owner: Package, texts: readonly Text[]): Site[] {
  return [true, false].flatMap((assembly) => {
    const files = texts.filter(
      (each) => each.guards.length > 0 && (each.language === "assembly") === assembly,
    );
    if (files.length === 0) return [];
    const [first] = files;
    const guard = first?.guards[0]?.name ?? "";
    const language = assembly ? "assembly" : "c";
    return [site({ owner, files, line: first?.guards[0]?.line, data: { language, guard } })];
  });
}

function asked(owner: Package, texts: readonly Text[]): Site[] {
  const macros = [...new Set(texts.flatMap((each) => each.macros))];
  if (macros.length === 0) return [];
  return [
    site({
      owner,
      files: texts.filter((each) => each.macros.length > 0),
      data: { language: "preprocessor", macros },
    }),
  ];
}

function called(owner: Package, texts: readonly Text[]): Site[] {
  const calls = [...new Set(texts.flatMap((each) => each.calls))];
  if (calls.length === 0) return [];
  return [
    site({
      owner,
      files: texts.filter((each) => each.calls.length > 0),
      data: { language: "calls", calls },
    }),
  ];
}

function site(options: {
  owner: Package;
  files: readonly NativeFile[];
  line?: number | undefined;
  data: NonNullable<Site["data"]>;
}): Site {
  const { owner, files, line = 1, data } = options;
  const file = files[0]?.file ?? "";
  return {
    kind: "native-file",
    name: file,
    package: owner.id,
    file,
    span: { start: { line, column: 1 }, end: { line, column: 1 } },
    target: "package",
    item: "",
    context: "const-item",
    active: "unknown",
    archs: archsOf(owner),
    data: { ...data, count: files.length, files: files.slice(0, NAMED).map((each) => each.file) },
  };
}

function tooMany(owner: Package): NotAnalysed {
  return {
    cause: "limit",
    message: `${owner.id} has more files than are looked through for C and assembly`,
    package: owner.id,
  };
}
