import { createHash } from "node:crypto";
import { extractBodyFile, extractFile } from "./extract.ts";
import type { FileFacts } from "./facts.ts";

/** How a file is read: as a module, or as what `include!` brings into a body. */
export const EXTRACT = { file: extractFile, body: extractBodyFile } as const;
export type ReadAs = keyof typeof EXTRACT;

/** Facts of files, and names of the texts that they are of. */
interface Read {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly texts?: ReadonlyMap<string, string>;
}

/** Reads texts; those that an earlier run has read are not read again. */
export class KnownTexts {
  private readonly known = new Map<string, FileFacts>();

  constructor(before: readonly Read[] = []) {
    for (const { files, texts = new Map() } of before)
      for (const [file, text] of texts) {
        const facts = files.get(file);
        if (facts !== undefined) this.known.set(text, facts);
      }
  }

  /** @returns also the text's name: the same only for the same text that is read the same way */
  factsOf(source: string, as: ReadAs): { readonly facts: FileFacts; readonly text: string } {
    const text = `${as} ${createHash("sha256").update(source).digest("base64")}`;
    return { facts: this.known.get(text) ?? EXTRACT[as](source), text };
  }
}
