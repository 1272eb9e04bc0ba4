import { relative, sep } from "node:path";
import { tree, type Live } from "../api.ts";
import { checkFile, isChecked } from "./config-files.ts";
import type { OpenDocument } from "./documents.ts";
import { ownSquiggles } from "./diagnostics/rust.ts";
import type { Project } from "./project.ts";
import type { Session } from "./session.ts";
import { ownPage } from "./rule-pages.ts";
import { textOnDisk } from "./texts.ts";
import { messageOf } from "../util/errors.ts";

/** How long the next keystroke is waited for. */
const QUIET_MS = 150;
/** How long after a file was opened, or a run has ended, nobody is thought to wait. */
const IDLE_MS = 300;
/** How often a keystroke's work is done for nothing after that, until the engine has made it quick, and how far apart. */
const WARM_ROUNDS = 24;
const WARM_MS = 80;

/** Judges files as they are in the editor, not as they are on disk. */
export class Edits {
  private readonly session: Session;
  /** Paths of files that are not as on disk. */
  private readonly dirty = new Set<string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly warming = new Map<string, NodeJS.Timeout>();
  /** How often that was done so far: a second file needs little of it. */
  private readonly rounds = new WeakMap<Live, number>();

  constructor(session: Session) {
    this.session = session;
  }

  /** A file was opened: what the first keystroke needs is brought into memory. */
  opened(document: OpenDocument): void {
    if (isChecked(document.path)) return this.check(document);
    if (!document.path.endsWith(".rs") || !this.isOnType()) return;
    if (document.text !== textOnDisk(document.path)) return this.changed(document);
    const { project, id } = this.ownerOf(document.path);
    if (project === undefined) this.later(document.path);
    else if (id !== undefined) this.warm(project, document.path);
  }

  changed(document: OpenDocument): void {
    const { path } = document;
    if (isChecked(path)) return this.check(document);
    if (!path.endsWith(".rs")) return;
    clearTimeout(this.warming.get(path));
    this.dirty.add(path);
    if (this.isOnType()) this.later(path);
  }

  saved(path: string): void {
    this.dirty.delete(path);
  }

  closed(path: string): void {
    clearTimeout(this.timers.get(path));
    clearTimeout(this.warming.get(path));
    if (isChecked(path)) this.session.delivery.show(path, new Map());
    if (!this.dirty.delete(path)) return;
    this.later(path);
  }

  /** Does now what would be done when the keys are quiet: somebody asks for the answer. */
  async settle(path: string): Promise<void> {
    if (!this.timers.has(path)) return;
    await this.judge(path, { asked: true });
  }

  /** Judges again what is edited in a project, after a run that saw the disk only. */
  async renew(project: Project): Promise<void> {
    if (!this.isOnType()) return;
    const ids = new Set([...this.dirty].flatMap((path) => this.idIn(project, path) ?? []));
    for (const id of ids) await this.judgePackage(project, id);
    for (const { path } of this.session.documents.all())
      if (path.endsWith(".rs") && this.idIn(project, path) !== undefined) this.warm(project, path);
  }

  /** Does for nothing what a keystroke needs, while nobody waits: it gets many times quicker by that. */
  private warm(project: Project, path: string): void {
    clearTimeout(this.warming.get(path));
    const later = (wait: number): void =>
      void this.warming.set(path, setTimeout(() => void round().catch(() => {}), wait).unref());
    const round = async (): Promise<void> => {
      this.warming.delete(path);
      const id = this.idIn(project, path);
      const live = id === undefined ? undefined : await project.live(id);
      if (id === undefined || live === undefined) return;
      const done = (this.rounds.get(live) ?? 0) + 1;
      this.rounds.set(live, done);
      const isLast = done >= WARM_ROUNDS;
      const texts = this.textsOf(project, id, path);
      // lines that are not there move all others, as a keystroke does; in the end it is the text that is there
      live.judge(isLast ? texts : moved(texts, done));
      project.squiggles((file) => this.session.texts.lines(file));
      if (!isLast) later(WARM_MS);
    };
    later(IDLE_MS);
  }

  /** Texts of a package's edited files, and of one more. */
  private textsOf(project: Project, id: string, more?: string): ReadonlyMap<string, string> {
    const dir = project.tree?.workspace.packages.get(id)?.dir ?? "";
    const texts = new Map<string, string>();
    for (const path of more === undefined ? this.dirty : new Set([...this.dirty, more])) {
      const text = this.session.documents.at(path)?.text;
      if (text !== undefined && this.idIn(project, path) === id)
        texts.set(relative(dir, path).replaceAll(sep, "/"), text);
    }
    return texts;
  }

  private check(document: OpenDocument): void {
    const found = checkFile(document);
    const { path } = document;
    this.session.delivery.show(path, new Map(found.length === 0 ? [] : [[path, found]]));
  }

  private isOnType(): boolean {
    return this.session.settings.run === "onType";
  }

  private later(path: string): void {
    clearTimeout(this.timers.get(path));
    this.timers.set(
      path,
      setTimeout(() => void this.judge(path), QUIET_MS),
    );
  }

  private async judge(path: string, how: { asked?: boolean } = {}): Promise<void> {
    clearTimeout(this.timers.get(path));
    this.timers.delete(path);
    const { project, id } = this.ownerOf(path);
    try {
      if (project === undefined) await this.judgeAlone(path);
      else if (id !== undefined) {
        await this.judgePackage(project, id);
        this.session.show(project, how);
      }
    } catch (error) {
      const why = messageOf(error);
      this.session.log(`${path}: not judged as it is in the editor: ${why}`);
    }
  }

  private async judgePackage(project: Project, id: string): Promise<void> {
    await project.edit(id, () => this.textsOf(project, id));
  }

  /** A file without a Cargo project around it. */
  private async judgeAlone(path: string): Promise<void> {
    const { documents, delivery, projects, settings } = this.session;
    const document = documents.at(path);
    if (document === undefined) return delivery.show(path, new Map());
    if (projects.isForeign(path) || !settings.enable) return;
    const { report, sites } = await tree({
      input: { kind: "stdin", text: document.text },
      cacheDir: false,
      ...(settings.profile ? { profile: settings.profile } : {}),
      ...(settings.release ? { release: settings.release } : {}),
      ...(settings.hosts ? { hosts: settings.hosts } : {}),
    });
    if (documents.at(path)?.version !== document.version) return;
    const pedantic = settings.pedantic === true;
    const { results } = report;
    const found = ownSquiggles({ dir: "", results, sites, hrefOf: ownPage, pedantic });
    const here = found.map((each) => ({
      ...each,
      file: path,
      related: each.related.map((one) => ({ ...one, file: path })),
    }));
    delivery.show(path, new Map([[path, here]]));
  }

  private ownerOf(path: string): { project?: Project | undefined; id?: string | undefined } {
    const project = this.session.projects.of(path);
    return project === undefined ? {} : { project, id: this.idIn(project, path) };
  }

  private idIn(project: Project, path: string): string | undefined {
    const pkg = project.packageOf(path);
    return pkg !== undefined && project.isOwn(pkg) ? pkg.id : undefined;
  }
}

/** Each time another text: a known one is not read again. */
function moved(texts: ReadonlyMap<string, string>, by: number): Map<string, string> {
  return new Map([...texts].map(([file, text]) => [file, "\n".repeat(by) + text]));
}
