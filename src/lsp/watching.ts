import { basename, sep } from "node:path";
import { DidChangeWatchedFilesNotification, type Registration } from "vscode-languageserver/node";
import { pathOf } from "./documents.ts";
import type { Session } from "./session.ts";

/** Files that decide what a run says. */
const GLOBS = [
  "**/Cargo.toml",
  "**/Cargo.lock",
  "**/{ape-lint,.ape-lint}.toml",
  "**/.cargo/*.toml",
  "**/rule.yml",
  "**/*.rs",
] as const;

/** How long further changes are waited for: a checkout of another branch changes many files. */
const QUIET_MS = 200;

/** The request to be told when such a file changes on disk. */
export function watchFiles(): Registration {
  return {
    id: "ape-lint/files",
    method: DidChangeWatchedFilesNotification.method,
    registerOptions: { watchers: GLOBS.map((globPattern) => ({ globPattern })) },
  };
}

/** Looks again at what changed files belong to. */
export function answerWatching(session: Session): void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    const files = changed;
    changed = new Set();
    for (const project of projectsOf(session, files)) session.rescan(project);
  };
  session.connection.onNotification(DidChangeWatchedFilesNotification.type, ({ changes }) => {
    for (const { uri } of changes) {
      const file = pathOf(uri);
      if (file !== undefined) changed.add(file);
    }
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET_MS);
  });
}

function projectsOf(session: Session, files: ReadonlySet<string>): Set<ProjectOf> {
  const found = new Set<ProjectOf>();
  for (const file of files) {
    if (file.includes(`${sep}target${sep}`)) continue;
    const about = basename(file) === "rule.yml" ? undefined : session.projects.of(file);
    // NOTE: rules and configuration may stand outside of what they are about
    const more = /\.(?:toml|yml)$/u.test(file) ? session.projects.all() : [];
    for (const project of [...(about === undefined ? [] : [about]), ...more]) found.add(project);
  }
  return found;
}

type ProjectOf = ReturnType<Session["projects"]["all"]>[number];
