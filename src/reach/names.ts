/** Names as numbers, so that what is kept and compared is small. */
export class Names {
  readonly texts: string[];
  private readonly ids: Map<string, number>;

  constructor(texts: readonly string[] = []) {
    this.texts = [...texts];
    this.ids = new Map(texts.map((text, id) => [text, id]));
  }

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    this.ids.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}
