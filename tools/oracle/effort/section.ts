import { subjectId, type Subject } from "../model.ts";
import { head, row } from "../table.ts";
import type { Agreement } from "./agree.ts";

/** One subject against the libc of statics. */
export interface MeasuredEffort {
  readonly subject: Subject;
  readonly agreement: Agreement;
}

const EFFORT = `The same trees compiled against a libc whose divergent constants are extern statics. \`E0133\`: a
static is read outside \`unsafe\`; \`E0532\`: it stands in a pattern; \`E0080\`: it is read at compile time.
A package that stops compiling needs a fork, or a patch, under an SDK that makes all of them statics;
the last column counts only those that the libc of profile \`ape-rs\` makes statics. A place that a macro's
text uses twice has two contexts, and is asked about twice.

An \`unsafe fn\` counts as unsafe. A crate that denies \`unsafe_op_in_unsafe_fn\` asks for a block in it, too, but
only where it is compiled for its own sake: cargo holds no dependency to lints.
`;

/** The section of docs/accuracy.md about contexts. */
export function effortSection(efforts: readonly MeasuredEffort[]): string {
  const answers = ["none", "E0133", "E0080", "E0532", "other"] as const;
  const sums = new Map<string, Map<string, number>>();
  for (const { agreement } of efforts) {
    for (const [context, line] of agreement.matrix) {
      const known = sums.get(context) ?? new Map<string, number>();
      for (const [answer, count] of line) known.set(answer, (known.get(answer) ?? 0) + count);
      sums.set(context, known);
    }
  }
  const matrix = [...sums].map(([context, line]) =>
    row([context, ...answers.map((answer) => line.get(answer) ?? 0)]),
  );
  const forks = efforts.map(({ subject, agreement }) => {
    const { right, wrong, unseen } = agreement;
    return row([
      subjectId(subject),
      right,
      wrong.length,
      unseen.length,
      agreement.forks.join(", ") || "none",
      agreement.profileForks.join(", ") || "none",
    ]);
  });
  return [
    EFFORT,
    head(["context", ...answers.map((answer) => (answer === "none" ? "compiles" : answer))]),
    ...matrix,
    "",
    head([
      "workspace",
      "as the context says",
      "otherwise",
      "errors without a row",
      "packages that stop compiling",
      "under `ape-rs`",
    ]),
    ...forks,
    ...otherwise(efforts),
  ].join("\n");
}

/** Every place where the context says one thing and the compiler another. */
function otherwise(efforts: readonly MeasuredEffort[]): string[] {
  const lines = efforts.flatMap(({ subject, agreement: { wrong, unseen } }) => [
    ...wrong.map(({ row: { context, file, line, symbol }, answer }) => {
      const said = answer === "none" ? "compiles" : answer;
      return `- ${subjectId(subject)} ${file}:${line} \`${symbol}\`: ${context}, but ${said}`;
    }),
    ...unseen.map(
      ({ code, file, line, symbol }) =>
        `- ${subjectId(subject)} ${file}:${line} \`${symbol}\`: ${code}, no row`,
    ),
  ]);
  return lines.length === 0 ? [] : ["", "Otherwise:", "", ...lines];
}
