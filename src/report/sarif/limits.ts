/** What GitHub keeps of one run. */
export const MAX_RESULTS = 5000;
