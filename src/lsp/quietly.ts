/** Sends something to a client that may be gone by now, or may refuse; nobody waits for the answer then. */
export async function quietly<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch {
    return undefined;
  }
}
