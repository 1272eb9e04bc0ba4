import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Knowledge } from "../model/knowledge.ts";
import { InputError } from "../util/errors.ts";
import { DATA_DIR } from "./data-dir.ts";
import {
  expandConstant,
  expandFunction,
  expandStruct,
  expandSyscall,
  expandTable,
  type Table,
} from "./rows.ts";

/** The release that is meant when nobody says which. */
export const DEFAULT_RELEASE = "4.0.2";

const loaded = new Map<string, Knowledge>();

/** The releases that there is knowledge about, oldest first. */
export function knownReleases(): string[] {
  const names = readdirSync(join(DATA_DIR, "cosmocc"));
  return names.sort((a, b) =>
    a === "master" ? 1 : b === "master" ? -1 : a.localeCompare(b, "en", { numeric: true }),
  );
}

/**
 * All that is known about one release of cosmocc. Each table is read when it is first asked for, once per
 * process; a release that we have no data for is a user's mistake (`InputError`).
 */
export function loadKnowledge(release: string = DEFAULT_RELEASE): Knowledge {
  const known = loaded.get(release);
  if (known) return known;
  if (!knownReleases().includes(release))
    throw new InputError(`no knowledge about cosmocc release "${release}"`, {
      hint: `known releases: ${knownReleases().join(", ")}`,
    });
  const knowledge = lazyKnowledge(release);
  loaded.set(release, knowledge);
  return knowledge;
}

function lazyKnowledge(release: string): Knowledge {
  return {
    release,
    get constants() {
      return replace(
        this,
        "constants",
        expandTable(readTable(release, "constants"), expandConstant),
      );
    },
    get functions() {
      return replace(
        this,
        "functions",
        expandTable(readTable(release, "functions"), expandFunction),
      );
    },
    get structs() {
      return replace(this, "structs", expandTable(readTable(release, "structs"), expandStruct));
    },
    get syscalls() {
      return replace(this, "syscalls", expandTable(readTable(release, "syscalls"), expandSyscall));
    },
  };
}

/** Turns a getter into the value that it gave. */
function replace<T>(target: Knowledge, key: keyof Knowledge, value: T): T {
  Object.defineProperty(target, key, { value, enumerable: true });
  return value;
}

function readTable(release: string, name: string): Table {
  return JSON.parse(
    readFileSync(join(DATA_DIR, "cosmocc", release, `${name}.json`), "utf8"),
  ) as Table;
}
