import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readReport } from "../../report/read.ts";
import { EXIT } from "../exit-codes.ts";
import { failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { runCommandLine } from "../run.ts";
import { argumentsOf, inputOf, operandsOf, wordOf } from "./inputs.ts";
import { outputsOfReport, outputsWithoutReport } from "./outputs.ts";
import { addSummary, notice, setOutputs } from "./runner.ts";
import { chooseUpload } from "./upload.ts";

/** Files that a run writes. */
interface Files {
  readonly sarif: string;
  readonly json: string;
  readonly markdown: string;
  readonly github: string;
}

/**
 * The action's first step: analyses, writes all forms, sets every output, whatever happens. It never fails the job:
 * that is for the last step, after the upload.
 */
export async function analyse(io: Io): Promise<void> {
  const files = filesOf(io);
  let said = "";
  const stderr = {
    ...io.stderr,
    write(text: string): void {
      said += text;
      io.stderr.write(text);
    },
  };
  const code = await check({ ...io, stderr }, files);
  const complete = code !== EXIT.input && existsSync(files.json);
  const report = complete ? readReport(readFileSync(files.json, "utf8"), files.json) : undefined;
  const upload = chosen(io, existsSync(files.sarif));
  if (!upload.upload) io.stdout.write(notice(`no upload of SARIF: ${upload.why}`));
  setOutputs(
    {
      "sarif-file": existsSync(files.sarif) ? files.sarif : "",
      "json-file": complete ? files.json : "",
      ...(report === undefined ? outputsWithoutReport() : outputsOfReport(report)),
      "exit-code": String(code),
      upload: String(upload.upload),
      "annotations-file": existsSync(files.github) ? files.github : "",
    },
    io.env,
  );
  summarise(io, files, said);
}

function filesOf({ env, cwd }: Io): Files {
  const folder = mkdtempSync(path.join(env["RUNNER_TEMP"] ?? tmpdir(), "ape-lint-"));
  const sarif = inputOf(env, "sarif-file");
  return {
    sarif: sarif === undefined ? path.join(folder, "ape-lint.sarif") : path.resolve(cwd, sarif),
    json: path.join(folder, "ape-lint.json"),
    markdown: path.join(folder, "summary.md"),
    github: path.join(folder, "annotations.txt"),
  };
}

async function check(io: Io, files: Files): Promise<number> {
  try {
    const { env } = io;
    const format = inputOf(env, "format") ?? "text";
    const outputs = [
      format,
      `sarif=${files.sarif}`,
      `json=${files.json}`,
      `markdown=${files.markdown}`,
      `github=${files.github}`,
    ].map((each) => `--format=${each}`);
    return await runCommandLine([...argumentsOf(env), ...outputs, ...operandsOf(env)], io);
  } catch (error) {
    return failure(error, io);
  }
}

function chosen(io: Io, written: boolean): ReturnType<typeof chooseUpload> {
  if (!written) return { upload: false, why: "there is none" };
  try {
    return chooseUpload({ mode: wordOf(io.env, "upload", ["auto", "true", "false"]), env: io.env });
  } catch {
    return { upload: false, why: "the input upload takes auto, true or false" };
  }
}

function summarise({ env }: Io, files: Files, said: string): void {
  if (inputOf(env, "summary") === "false") return;
  if (existsSync(files.markdown)) return addSummary(readFileSync(files.markdown, "utf8"), env);
  const fenced = said.replaceAll("```", "` ` `").trim();
  addSummary(`## ape-lint could not look at this\n\n\`\`\`text\n${fenced}\n\`\`\`\n`, env);
}
