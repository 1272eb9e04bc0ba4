import { IncompleteError, InputError, messageOf, systemReason } from "../util/errors.ts";
import { plain } from "../report/plain.ts";
import { EXIT } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Tells an error on stderr, in one line with place and hint; the number is the exit code. */
export function failure(error: unknown, io: Io): number {
  if (io.signal.aborted) {
    io.stderr.write("interrupted; nothing of this run is complete\n");
    return EXIT.interrupted;
  }
  if (error instanceof InputError) {
    const place = error.place === undefined ? "" : `${safe(error.place)}: `;
    io.stderr.write(`error: ${place}${safe(error.message)}${causeOf(error)}\n`);
    if (error.hint !== undefined) io.stderr.write(`  hint: ${safe(error.hint)}\n`);
    return EXIT.input;
  }
  if (error instanceof IncompleteError) {
    io.stderr.write(`error: ${safe(error.message)}\n`);
    return EXIT.incomplete;
  }
  io.stderr.write(`error: ape-lint failed: ${safe(messageOf(error))}\n`);
  if (io.env["APE_LINT_DEBUG"] && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
  else
    io.stderr.write(
      "  hint: this is a mistake of ours; APE_LINT_DEBUG=1 shows where, please report it\n",
    );
  return EXIT.incomplete;
}

/** Why the system refused, when it did. */
function causeOf(error: InputError): string {
  const reason = systemReason(error.cause);
  return reason === undefined ? "" : ` (${reason})`;
}

/** Control characters of hostile names must not reach a terminal. */
function safe(text: string): string {
  return text
    .split("\n")
    .map((line) => plain(line))
    .join("\n");
}
