/** Index of the last of the first `count` numbers, which are in rising order, that is not above a value; 0 when all are. */
export function lastAtMost(
  numbers: ArrayLike<number>,
  value: number,
  count = numbers.length,
): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether numbers, or those of one column of a table, never fall, begin at 0 or above, and end at a value. */
export function isRising(
  numbers: ArrayLike<number>,
  last: number,
  { from, step }: { readonly from: number; readonly step: number } = { from: 0, step: 1 },
): boolean {
  let before = 0;
  for (let at = from; at < numbers.length; at += step) {
    if (numbers[at]! < before) return false;
    before = numbers[at]!;
  }
  return before === last;
}

/** Order of texts by their code units: the same on every machine, whatever its language. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
