import type { FixHint } from "../model/fix.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { MatrixRow, PackageReport, Report, Result } from "../model/result.ts";
import { InputError } from "../util/errors.ts";
import { reportV1 } from "./json-schema.ts";
import type { ReportV1 } from "./json-schema.ts";
import { joined } from "./paths.ts";

/** Stands for the user's tree in a report that was read back: the real place is not in the file. */
const ROOT = "/tree";

/** Drops keys without a value: what was absent stays absent. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function packageOf({ folder, ...one }: ReportV1["packages"][number]): PackageReport {
  const outside = `/elsewhere/${one.name}-${one.version}`;
  return defined({
    ...one,
    dir: folder === undefined ? outside : `/${joined("tree", folder)}`,
  }) as PackageReport;
}

function resultOf({ start, end, fixes, ...one }: ReportV1["results"][number]): Result {
  return defined({ ...one, span: { start, end }, fixes: fixes?.map(hintOf) }) as Result;
}

/** NOTE: title and kind hang on the fix's name alone. */
function hintOf(fix: NonNullable<ReportV1["results"][number]["fixes"]>[number]): FixHint {
  const { apply, symbol, file, start, end, text } = fix;
  const hint = { apply, file, span: { start, end }, symbol };
  return text === undefined ? hint : { ...hint, text };
}

function notAnalysedOf({ start, end, ...one }: ReportV1["notAnalysed"][number]): NotAnalysed {
  return defined({ ...one, span: start && end ? { start, end } : undefined }) as NotAnalysed;
}

/**
 * Reads JSON v1 back, for joining runs and for other reporters. Fields that version 1 does not know are left out.
 * Throws InputError when the text is not such a report; `place` names it in the message.
 */
export function readReport(text: string, place: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError("this is not JSON", { place, cause });
  }
  const parsed = reportV1.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
    const hint = "write it with `ape-lint check --format json`";
    throw new InputError(`this is no report of ape-lint: ${issue?.message ?? ""}${where}`, {
      place,
      hint,
    });
  }
  const {
    $schema: _schema,
    schemaVersion: _version,
    packages,
    matrix,
    results,
    notAnalysed,
    notices = [],
    ...rest
  } = parsed.data;
  return {
    ...rest,
    root: ROOT,
    packages: packages.map(packageOf),
    matrix: matrix.map((row) => defined(row) as MatrixRow),
    results: results.map(resultOf),
    notAnalysed: notAnalysed.map(notAnalysedOf),
    notices,
  };
}
