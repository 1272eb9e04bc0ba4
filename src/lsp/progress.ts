import { randomUUID } from "node:crypto";
import {
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  type ProtocolConnection,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver/node";
import { quietly } from "./quietly.ts";

/** Work that the client shows while it goes on, and that the user can give up. */
export interface ShownWork {
  readonly report: (message: string) => void;
  readonly end: (message?: string) => void;
}

const SILENT: ShownWork = { report: () => {}, end: () => {} };
/** More is only noise on the wire. */
const INTERVAL_MS = 100;

/** Shows work at the client; `onCancel` is called when the user gives it up there. */
export class ProgressBoard {
  private readonly connection: ProtocolConnection;
  private readonly cancels = new Map<number | string, () => void>();
  shows = false;

  constructor(connection: ProtocolConnection) {
    this.connection = connection;
    connection.onNotification(WorkDoneProgressCancelNotification.type, ({ token }) =>
      this.cancels.get(token)?.(),
    );
  }

  async begin(title: string, onCancel: () => void): Promise<ShownWork> {
    if (!this.shows) return SILENT;
    const token = `ape-lint/${randomUUID()}`;
    this.cancels.set(token, onCancel);
    const create = WorkDoneProgressCreateRequest.type;
    const made = await quietly(() =>
      this.connection.sendRequest(create, { token }).then(() => true),
    );
    if (made === undefined) {
      this.cancels.delete(token);
      return SILENT;
    }
    const send = (
      value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd,
    ): void =>
      void quietly(() => this.connection.sendProgress(WorkDoneProgress.type, token, value));
    send({ kind: "begin", title, cancellable: true });
    let last = 0;
    return {
      report: (message) => {
        if (Date.now() - last < INTERVAL_MS) return;
        last = Date.now();
        send({ kind: "report", message });
      },
      end: (message) => {
        this.cancels.delete(token);
        send(message === undefined ? { kind: "end" } : { kind: "end", message });
      },
    };
  }
}
