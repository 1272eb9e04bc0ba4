import type { FixContext, OtherFile } from "../../fix/plan.ts";
import { refusesUnsafe } from "../../fix/read-in-unsafe.ts";
import { rootTexts, rustTexts } from "../../source/rust-texts.ts";
import type { Tree } from "../../api.ts";
import type { OpenDocument } from "../documents.ts";
import type { Project } from "../project.ts";
import type { Session } from "../session.ts";

/** Files as they were when a run ended: each run's are read once, when somebody asks for them. */
const kept = new WeakMap<Tree, Promise<readonly OtherFile[]>>();

/**
 * What a repair of a file has to know of the rest of the user's code: the same as `ape-lint fix` has, with the texts
 * that are in the editor in place of those on disk. Nothing where the file has no project.
 */
export async function fixContext(session: Session, { path }: OpenDocument): Promise<FixContext> {
  const project = session.projects.of(path);
  const pkg = project?.packageOf(path);
  if (project?.tree === undefined || pkg === undefined) return {};
  try {
    const forbidsUnsafe = rootTexts(pkg.dir).some(refusesUnsafe);
    const files = await textsOf(project, project.tree);
    const others = files.flatMap((one) => {
      const text = session.documents.at(one.file)?.text;
      if (one.file === path) return [];
      return text === undefined || text === one.text ? one : { file: one.file, text };
    });
    return { forbidsUnsafe, others };
  } catch {
    return {}; // a folder that went away: what is not known is not counted on
  }
}

function textsOf(project: Project, tree: Tree): Promise<readonly OtherFile[]> {
  const known = kept.get(tree);
  if (known !== undefined) return known;
  const own = [...tree.workspace.packages.values()].filter((pkg) => project.isOwn(pkg));
  const texts = rustTexts(own.map(({ dir }) => dir));
  kept.set(tree, texts);
  return texts;
}
