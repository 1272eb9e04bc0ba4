import {
  LogMessageNotification,
  MessageType,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import { clientOf } from "./client.ts";
import { Delivery } from "./delivery.ts";
import { Documents } from "./documents.ts";
import { Edits } from "./edits.ts";
import type { Project } from "./project.ts";
import { Projects } from "./projects.ts";
import { ProgressBoard } from "./progress.ts";
import { quietly } from "./quietly.ts";
import { Scans } from "./scans.ts";
import { readSettings, type EditorSettings } from "./settings.ts";
import { Texts } from "./texts.ts";
import { messageOf } from "../util/errors.ts";

/** What everything that answers the client shares. */
export class Session {
  readonly connection: ProtocolConnection;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly defaults: Partial<EditorSettings>;
  readonly documents = new Documents();
  readonly texts = new Texts(this.documents);
  readonly projects = new Projects();
  readonly progress: ProgressBoard;
  readonly delivery: Delivery;
  readonly scans: Scans;
  readonly edits = new Edits(this);
  /** Folders that the client has open. */
  readonly folders = new Set<string>();
  settings: EditorSettings;
  /** The editor's process, where it tells. */
  editor: number | undefined;

  constructor(options: {
    connection: ProtocolConnection;
    env: Session["env"];
    defaults: Partial<EditorSettings>;
  }) {
    const { connection, env, defaults } = options;
    this.connection = connection;
    this.env = env;
    this.defaults = defaults;
    this.settings = readSettings({}, defaults);
    this.progress = new ProgressBoard(connection);
    const { documents, texts } = this;
    this.delivery = new Delivery({ client: clientOf({}), connection, documents, texts });
    this.scans = new Scans((project, hooks) => this.scan(project, hooks));
  }

  /** Told in the client's log, never in the user's way. */
  log(message: string): void {
    const type = MessageType.Info;
    void quietly(() =>
      this.connection.sendNotification(LogMessageNotification.type, { type, message }),
    );
  }

  /** Shows what a project says now. */
  show(project: Project, how: { asked?: boolean } = {}): void {
    this.delivery.show(
      project,
      project.squiggles((file) => this.texts.lines(file)),
      how,
    );
  }

  /** Looks at a project again; for who does not wait. */
  rescan(project: Project): void {
    if (!this.settings.enable) return;
    void this.scans.request(project);
  }

  private async scan(
    project: Project,
    { first, abort }: { first: boolean; abort: AbortController },
  ): Promise<void> {
    const title = first ? "ape-lint: looking at the whole tree" : undefined;
    const work =
      title === undefined ? undefined : await this.progress.begin(title, () => abort.abort());
    const before = performance.now();
    try {
      await project.scan(this.settings, this.env, {
        signal: abort.signal,
        onProgress: (message) => work?.report(message),
      });
      this.texts.forget();
      await this.edits.renew(project);
      this.show(project);
      if (this.settings.codeLens) this.delivery.refreshLenses();
      this.log(`${project.folder}: looked at in ${Math.round(performance.now() - before)} ms`);
    } catch (error) {
      const why = messageOf(error);
      this.log(`${project.folder}: ${abort.signal.aborted ? "given up" : `not looked at: ${why}`}`);
    } finally {
      work?.end();
    }
  }
}
