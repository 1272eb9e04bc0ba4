import {
  ExecuteCommandRequest,
  MessageType,
  ShowDocumentRequest,
  ShowMessageNotification,
  type Range,
} from "vscode-languageserver/node";
import { z } from "zod";
import { quietly } from "../quietly.ts";
import type { Session } from "../session.ts";

/** Shows the page of a rule: one argument, its URI. */
export const EXPLAIN = "ape-lint.explain";
/** Shows a place: two arguments, URI and range. */
export const SHOW = "ape-lint.show";
/** Looks at everything again, for who watches no files. */
export const RESCAN = "ape-lint.rescan";

export const COMMANDS = [EXPLAIN, SHOW, RESCAN] as const;

const position = z.object({ line: z.int().min(0), character: z.int().min(0) });
const target = z.tuple([
  z.url({ protocol: /^file$/u }),
  z.object({ start: position, end: position }).optional(),
]);

/** What actions and lenses start. */
export function answerCommands(session: Session): void {
  session.connection.onRequest(
    ExecuteCommandRequest.type,
    async ({ command, arguments: given }) => {
      if (command === RESCAN) {
        await Promise.all(session.projects.all().map((one) => session.scans.request(one)));
        return null;
      }
      const [uri, selection] = target.safeParse(given).data ?? [];
      if (uri !== undefined) await show(session, uri, selection);
      return null;
    },
  );
}

async function show(session: Session, uri: string, selection: Range | undefined): Promise<void> {
  const { connection, delivery } = session;
  if (delivery.client.showsDocuments) {
    const params = { uri, takeFocus: true, ...(selection === undefined ? {} : { selection }) };
    await quietly(() => connection.sendRequest(ShowDocumentRequest.type, params));
    return;
  }
  const type = MessageType.Info;
  await quietly(() =>
    connection.sendNotification(ShowMessageNotification.type, { type, message: uri }),
  );
}
