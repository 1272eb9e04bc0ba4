import { readFileSync } from "node:fs";
import { z } from "zod";

/** What of the event decides about an upload; everything else in it is not looked at. */
const eventSchema = z.object({
  pull_request: z
    .object({
      head: z.object({ repo: z.object({ full_name: z.string() }).nullable() }),
      base: z.object({ repo: z.object({ full_name: z.string() }) }),
    })
    .optional(),
  repository: z
    .object({
      private: z.boolean().optional(),
      security_and_analysis: z
        .record(z.string(), z.object({ status: z.string().optional() }).nullable())
        .nullish(),
    })
    .optional(),
});
type Event = z.output<typeof eventSchema>;

/** Whether SARIF goes up; when not, why, for a plain notice. */
export type UploadChoice =
  | { readonly upload: true }
  | { readonly upload: false; readonly why: string };

/** Decides about the upload as `upload: auto` does: never try what GitHub is sure to refuse. */
export function chooseUpload(options: {
  mode: "auto" | "true" | "false";
  env: Readonly<Record<string, string | undefined>>;
}): UploadChoice {
  const { mode, env } = options;
  if (mode === "true") return { upload: true };
  if (mode === "false") return { upload: false, why: "upload is off" };
  const event = readEvent(env["GITHUB_EVENT_PATH"]);
  const head = event.pull_request?.head.repo?.full_name;
  if (event.pull_request !== undefined && head !== event.pull_request.base.repo.full_name)
    return { upload: false, why: "a pull request from a fork has no right to upload" };
  if (env["GITHUB_ACTOR"] === "dependabot[bot]" && event.pull_request !== undefined)
    return { upload: false, why: "a pull request by Dependabot has no right to upload" };
  if (event.repository?.private === true && !hasCodeSecurity(event)) {
    const why =
      "a private repository takes alerts only with GitHub Code Security; `upload: true` tries it";
    return { upload: false, why };
  }
  return { upload: true };
}

function hasCodeSecurity({ repository }: Event): boolean {
  const parts = repository?.security_and_analysis ?? {};
  return ["code_security", "advanced_security"].some((key) => parts[key]?.status === "enabled");
}

function readEvent(file: string | undefined): Event {
  try {
    return eventSchema.parse(JSON.parse(readFileSync(file ?? "", "utf8")));
  } catch {
    return {};
  }
}
