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
    if (this.length === this.room.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.room);
      this.room = larger;
    }
    this.room[this.length++] = number;
  }

  /** A copy of all numbers. */
  toArray(): Int32Array {
    return this.room.slice(0, this.length);
  }
}
