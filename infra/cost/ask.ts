/** Longer than the slowest endpoint may take, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** `fetch` of something on this machine, which gives up at last. */
export const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
