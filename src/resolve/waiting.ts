/** How many questions may wait for the answer to another one: imports of imports of imports. */
const MAX_WAITING = 250;
let waiting = 0;

/** Ask while the question around it waits; undefined when too many wait already. */
export function whileWaiting<T>(ask: () => T): T | undefined {
  if (waiting >= MAX_WAITING) return undefined;
  waiting++;
  const answer = ask();
  waiting--;
  return answer;
}

/** Run what does not belong to the questions that wait: a crate is laid out alike, whoever asks for it first. */
export function apart<T>(work: () => T): T {
  const before = waiting;
  waiting = 0;
  try {
    return work();
  } finally {
    waiting = before;
  }
}
