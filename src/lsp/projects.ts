import { join, sep } from "node:path";
import { cargoHome } from "../cargo/home.ts";
import { workspaceFolderOf } from "../cargo/index.ts";
import { Project } from "./project.ts";

/** Where cargo keeps what it has fetched. */
const FETCHED = ["registry", "git"] as const;

/** The workspaces that open files and folders belong to. */
export class Projects {
  private readonly byFolder = new Map<string, Project>();

  all(): Project[] {
    return [...this.byFolder.values()];
  }

  /** The project of a file; undefined where there is no Cargo project, and for sources of dependencies. */
  of(file: string): Project | undefined {
    for (const project of this.byFolder.values()) {
      const pkg = project.packageOf(file);
      if (pkg !== undefined) return project.isOwn(pkg) ? project : undefined;
    }
    if (this.isForeign(file)) return undefined;
    const folder = workspaceFolderOf(file);
    return folder === undefined ? undefined : this.at(folder);
  }

  /** The project whose root is a folder or stands in it; undefined when a folder has no manifest. */
  ofFolder(folder: string): Project | undefined {
    const found = workspaceFolderOf(`${folder}${sep}Cargo.toml`);
    // NOTE: a folder somewhere inside a workspace is that workspace; one without any manifest above is none
    return found === undefined ? undefined : this.at(found);
  }

  /** Whether a file is a dependency's: its source is shown, never judged as the user's own. */
  isForeign(file: string): boolean {
    const home = cargoHome();
    if (FETCHED.some((folder) => file.startsWith(join(home, folder) + sep))) return true;
    return this.all().some((project) => {
      const pkg = project.packageOf(file);
      return pkg !== undefined && !project.isOwn(pkg);
    });
  }

  /** Forget the projects that nobody needs any more. @returns those */
  keepOnly(isNeeded: (project: Project) => boolean): Project[] {
    const gone = this.all().filter((project) => !isNeeded(project));
    for (const project of gone) this.byFolder.delete(project.folder);
    return gone;
  }

  private at(folder: string): Project {
    const known = this.byFolder.get(folder);
    if (known !== undefined) return known;
    const project = new Project(folder);
    this.byFolder.set(folder, project);
    return project;
  }
}
