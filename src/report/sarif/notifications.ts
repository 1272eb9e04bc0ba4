import type { Notification } from "sarif";
import type { NotAnalysed } from "../../model/place.ts";
import type { PackageReport, Report } from "../../model/result.ts";
import type { Anchors } from "../anchor.ts";
import { pathStep } from "../paths.ts";
import { count } from "../plain.ts";
import { gaps } from "../summary.ts";
import { location } from "./flows.ts";
import { sarifText } from "./message.ts";
import { NOTIFICATION_IDS, notificationName } from "./rules.ts";
import type { NotificationId } from "./rules.ts";

/** Told one by one up to here for each cause; the rest is one line with its number. */
const MAX_PER_CAUSE = 100;

/** Limits that every analysis of source has; the others are worth a look. */
const EXPECTED: ReadonlySet<NotificationId> = new Set([
  "macro",
  "include",
  "generated-code",
  "approximate",
]);

/** A notification without a place. */
export function notification(id: NotificationId, text: string): Notification {
  return {
    descriptor: { id: notificationName(id), index: NOTIFICATION_IDS.indexOf(id) },
    level: EXPECTED.has(id) ? "note" : "warning",
    message: { text: sarifText(text) },
  };
}

function described(
  item: NotAnalysed,
  owner: PackageReport | undefined,
  anchors: Anchors,
): Notification {
  const base = notification(item.cause, item.message);
  if (owner === undefined || item.file === undefined) {
    const where = [item.package, item.file].filter((part) => part !== undefined).join(": ");
    return where === ""
      ? base
      : { ...base, message: { text: sarifText(`${where}: ${item.message}`) } };
  }
  const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  return { ...base, locations: [location(anchors.site(owner, item.file, item.span ?? nowhere))] };
}

/** What was not analysed, as notifications. */
export function notifications(report: Report, anchors: Anchors): Notification[] {
  const own = new Map(
    report.packages.filter((one) => anchors.isInTree(one)).map((one) => [one.name, one]),
  );
  return gaps(report.notAnalysed).flatMap(({ cause, items }) => {
    const shown = items.slice(0, MAX_PER_CAUSE);
    const told = shown.map((item) =>
      described(item, own.get(pathStep(item.package ?? "").name), anchors),
    );
    const left = items.length - shown.length;
    return left > 0 ? [...told, notification(cause, `${count(left, "more case")} of this.`)] : told;
  });
}
