import type { CrateFact } from "../model/crate.ts";
import type { Host } from "../model/host.ts";
import type { Site } from "../model/site.ts";

/** A rule that fits at a site, before it is judged. */
export interface Match {
  readonly site: Site;
  /** The names that knowledge was asked about: the site's own, or those of one of its lists that fit. */
  readonly names: readonly string[];
  /** What is known about the crate, where a rule speaks about that. */
  readonly fact?: CrateFact;
}

/** Where a match does harm, after the profile's repairs. */
export interface Extent {
  readonly hosts: readonly Host[];
  readonly closed?: { readonly by: string; readonly how: string };
  readonly demoted?: { readonly by: string; readonly how: string };
}
