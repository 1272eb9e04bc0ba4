/** Names bound by `let`, parameters and patterns: a bare use of one is no use of an item. */
export class Locals {
  private counts = new Map<string, number>();
  private log: string[] = [];

  bind(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.log.push(name);
  }

  has(name: string): boolean {
    return (this.counts.get(name) ?? 0) > 0;
  }

  /** A place to go back to. */
  mark(): number {
    return this.log.length;
  }

  /** Forget what was bound since the mark. */
  release(mark: number): void {
    while (this.log.length > mark) {
      const name = this.log.pop()!;
      this.counts.set(name, this.counts.get(name)! - 1);
    }
  }

  /** Start with no names, for an item inside a body. */
  suspend(): { counts: Map<string, number>; log: string[] } {
    const saved = { counts: this.counts, log: this.log };
    this.counts = new Map();
    this.log = [];
    return saved;
  }

  resume(saved: { counts: Map<string, number>; log: string[] }): void {
    this.counts = saved.counts;
    this.log = saved.log;
  }
}
