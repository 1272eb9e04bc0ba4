import { readFile, writeFile } from "node:fs/promises";

/** Figures that one kind of oracle keeps beside its code, in a fixed order. */
export class KeptFigures<Figure> {
  private readonly file: string;
  private readonly keyOf: (figure: Figure) => string;

  /** @param keyOf what tells one figure from the others, and orders them */
  constructor(file: string, keyOf: (figure: Figure) => string) {
    this.file = file;
    this.keyOf = keyOf;
  }

  async read(): Promise<Figure[]> {
    return JSON.parse(await readFile(this.file, "utf8").catch(() => "[]")) as Figure[];
  }

  /** Put figures in the place of those that they replace; another run may have written meanwhile. */
  async keep(
    figures: readonly Figure[],
    replaces: (one: Figure) => boolean = (one) =>
      figures.some((figure) => this.keyOf(figure) === this.keyOf(one)),
  ): Promise<void> {
    const others = (await this.read()).filter((one) => !replaces(one));
    const all = [...others, ...figures].toSorted((a, b) =>
      this.keyOf(a) < this.keyOf(b) ? -1 : 1,
    );
    await writeFile(this.file, `${JSON.stringify(all, null, 2)}\n`);
  }
}
