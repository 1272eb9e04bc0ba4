import type { Project, ScanHooks } from "./project.ts";

interface Scan {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** Something has changed since it began. */
  stale: boolean;
}

/** Runs scans of projects, one at a time for each; what changes during one makes one more, not many. */
export class Scans {
  private readonly running = new Map<Project, Scan>();
  private readonly scanned = new WeakSet<Project>();
  private readonly run: (
    project: Project,
    hooks: { first: boolean; abort: AbortController },
  ) => Promise<void>;

  constructor(run: Scans["run"]) {
    this.run = run;
  }

  /** Asks for a scan because something has changed. */
  request(project: Project): Promise<void> {
    const scan = this.running.get(project);
    if (scan === undefined) return this.start(project);
    scan.stale = true;
    return scan.done;
  }

  /** Resolves when a project was looked at once, by a scan that runs already or by one that begins now. */
  ready(project: Project): Promise<void> {
    const scan = this.running.get(project);
    if (scan !== undefined) return scan.done;
    return this.scanned.has(project) ? Promise.resolve() : this.start(project);
  }

  isRunning(project: Project): boolean {
    return this.running.has(project);
  }

  /** Gives up what runs. */
  stop(project?: Project): void {
    for (const [each, { abort }] of this.running)
      if (project === undefined || each === project) abort.abort();
  }

  private start(project: Project): Promise<void> {
    const abort = new AbortController();
    const first = !this.scanned.has(project);
    this.scanned.add(project);
    const done = this.run(project, { first, abort }).finally(() => {
      const { stale } = this.running.get(project)!;
      this.running.delete(project);
      if (stale && !abort.signal.aborted) return this.start(project);
      return undefined;
    });
    this.running.set(project, { abort, done, stale: false });
    return done;
  }
}

export type { ScanHooks };
