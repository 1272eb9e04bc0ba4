import { byCrate, rulesById } from "../findings.ts";
import type { Finding } from "../findings.ts";
import { lineReader } from "../lines.ts";
import type { Reporter } from "../options.ts";
import { openFindings, tally } from "../summary.ts";
import { tellOnce } from "./alike.ts";
import { entry } from "./entry.ts";
import { footer } from "./footer.ts";
import { header } from "./header.ts";
import { penOf } from "./style.ts";

/** For a person at a terminal: worst first, crate by crate, with the code; ends with what holds on each host. */
export const text: Reporter = (report, options) => {
  const pen = penOf(options);
  const all = options.text?.all ?? false;
  const findings = openFindings(report, all);
  const isHidden = (one: Finding): boolean => !all && one.level === "note";
  const shown = findings.filter((one) => !isHidden(one));
  const hiddenNotes = findings.filter(isHidden).reduce((sum, one) => sum + one.results.length, 0);
  const rules = rulesById(options.rules);
  const context = { report, rules, reader: lineReader(options), pen };
  const counts = tally(report);
  const inOrder = byCrate(shown).flat();
  const told = all ? inOrder.map((finding) => ({ finding, alike: [] })) : tellOnce(inOrder, rules);
  const entries = told.map((one) => entry(context, one));
  const blocks = [
    header(report, counts, pen),
    ...entries,
    footer(report, { findings: shown, rules, counts, hiddenNotes, pen }),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
};
