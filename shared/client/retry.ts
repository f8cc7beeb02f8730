/** A number from 0 up to and without 1. */
export type Random = () => number;

export interface RetryOptions {
  /** Tries after the first. */
  readonly retries: number;
  /** The longest wait that is worth it, in milliseconds: where the server asks for more, its answer stands. */
  readonly longestWaitMs: number;
}

const SECOND = 1000;

/** The first wait where the server names none; it doubles from try to try. */
const FIRST_WAIT_MS = 500;

/** What is added to a wait that the server names, at most, so that those who were refused together come apart. */
const JITTER_MS = 500;

const RETRIED = new Set([429, 503]);

/** Whole seconds of a Retry-After header, which may also hold a date; `undefined` where it says nothing. */
export const retryAfterOf = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / SECOND));
};

/** One try that was answered. */
export interface Try {
  readonly status: number;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  /** How many tries there were before it. */
  readonly before: number;
}

/** Milliseconds to wait before another try; `undefined` where the answer stands. */
export const waitBeforeRetry = (
  { status, retryAfter, before }: Try,
  { retries, longestWaitMs }: RetryOptions,
  random: Random,
): number | undefined => {
  if (!RETRIED.has(status) || before >= retries) return undefined;
  if (retryAfter === undefined) return Math.min(random() * FIRST_WAIT_MS * 2 ** before, longestWaitMs);
  const wait = retryAfter * SECOND;
  return wait > longestWaitMs ? undefined : wait + random() * JITTER_MS;
};

/** @throws what the signal is aborted with, as soon as it is. */
export const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, signal?.aborted ? 0 : milliseconds);
    signal?.addEventListener('abort', end);
  });
  signal?.throwIfAborted();
};
