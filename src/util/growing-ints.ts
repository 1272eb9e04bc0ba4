/** A list of whole numbers of 32 bits that grows at its end. */
export class GrowingInts {
  length: number;
  private room: Int32Array;

  constructor(start: Int32Array = new Int32Array(0)) {
    this.length = start.length;
    this.room = new Int32Array(Math.max(64, start.length * 2));
    this.room.set(start);
  }

  /** The number at a place; 0 behind the end. */
  at(place: number): number {
    return this.room[place] ?? 0;
  }

  push(number: number): void {
    if (this.length === this.room.length) this.grow(this.length + 1);
    this.room[this.length++] = number;
  }

  /** Put numbers of another list, from one place to before another, at the end. */
  pushFrom(list: GrowingInts, from: number, to: number): void {
    const size = this.length + to - from;
    if (size > this.room.length) this.grow(size);
    for (let at = from; at < to; at++) this.room[this.length++] = list.room[at]!;
  }

  /** Put a number at a place, which may be behind the end: in a list that was never shortened those in between are 0. */
  set(place: number, number: number): void {
    if (place >= this.room.length) this.grow(place + 1);
    this.room[place] = number;
    if (place >= this.length) this.length = place + 1;
  }

  private grow(size: number): void {
    const larger = new Int32Array(Math.max(size, this.room.length * 2));
    larger.set(this.room);
    this.room = larger;
  }

  /** A copy of all numbers. */
  toArray(): Int32Array {
    return this.room.slice(0, this.length);
  }
}
