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
