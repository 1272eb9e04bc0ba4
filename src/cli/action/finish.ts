import { readFileSync } from "node:fs";
import { EXIT } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { wordOf } from "./inputs.ts";
import { notice } from "./runner.ts";

/**
 * The action's last step, after the upload: annotations where alerts are not shown, and the run's own exit code. What
 * the steps before have said comes in the environment.
 */
export function finish(io: Io): number {
  const { env } = io;
  const wanted = wordOf(env, "annotations", ["auto", "true", "false"]);
  const uploaded = env["UPLOAD_OUTCOME"] === "success";
  const failed = env["UPLOAD_OUTCOME"] === "failure";
  if (failed)
    io.stdout.write(
      notice("the upload of SARIF failed; results are in annotations and in the summary"),
    );
  const file = env["ANNOTATIONS_FILE"] ?? "";
  if (file !== "" && (wanted === "true" || (wanted === "auto" && !uploaded)))
    io.stdout.write(readFileSync(file, "utf8"));
  const code = Number(env["EXIT_CODE"] || EXIT.incomplete);
  // NOTE: who asks for the upload by name wants to know when there was none.
  const asked = wordOf(env, "upload", ["auto", "true", "false"]) === "true";
  return code === EXIT.clean && asked && failed ? EXIT.incomplete : code;
}
