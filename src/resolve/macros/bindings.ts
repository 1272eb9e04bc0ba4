import type { Slice } from "./tokens.ts";

/** What a variable of a rule stands for: tokens, or one binding per repetition. */
export type Binding = Slice | Repeated;

interface Repeated {
  readonly times: readonly Bindings[];
}

/** The rounds of a variable that stands in a repetition by itself, told apart only when somebody asks for one. */
export class Run implements Repeated {
  /** All of them, one right behind the other. */
  readonly whole: Slice;
  private readonly name: string;
  private readonly endOf: (at: number) => number;
  private rounds: readonly Bindings[] | undefined;

  /** @param endOf where a round ends that begins there */
  constructor(name: string, whole: Slice, endOf: (at: number) => number) {
    this.name = name;
    this.whole = whole;
    this.endOf = endOf;
  }

  get times(): readonly Bindings[] {
    return (this.rounds ??= this.tellApart());
  }

  private tellApart(): Bindings[] {
    const { all, from, to } = this.whole;
    const rounds: Bindings[] = [];
    for (let at = from; at < to;) {
      const end = this.endOf(at);
      const round = new Bindings();
      round.set(this.name, { all, from: at, to: end });
      rounds.push(round);
      at = end;
    }
    return rounds;
  }
}

const NO_NAMES: string[] = [];
const NO_VALUES: Binding[] = [];

/** The variables of one round of a rule; few, so that looking through them is faster than a table. */
export class Bindings {
  private names = NO_NAMES;
  private values = NO_VALUES;
  private around: Bindings | undefined;

  set(name: string, value: Binding): void {
    if (this.names === NO_NAMES) {
      this.names = [];
      this.values = [];
    }
    const known = this.names.indexOf(name);
    if (known >= 0) this.values[known] = value;
    else {
      this.names.push(name);
      this.values.push(value);
    }
  }

  /** What a name stands for here, or around. */
  get(name: string): Binding | undefined {
    const known = this.names.indexOf(name);
    return known >= 0 ? this.values[known] : this.around?.get(name);
  }

  /** These bindings, with others around them. */
  inside(around: Bindings): Bindings {
    const inner = new Bindings();
    inner.names = this.names;
    inner.values = this.values;
    inner.around = around;
    return inner;
  }
}
