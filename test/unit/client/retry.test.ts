import { describe, expect, it } from '@jest/globals';
import { retryAfterOf, sleep, waitBeforeRetry } from '../../../shared/client/retry.ts';

const OPTIONS = { retries: 3, longestWaitMs: 10_000 };
const half = (): number => 0.5;

describe('waiting before another try', () => {
  it('takes what the server says, and a little more', () => {
    expect(waitBeforeRetry({ status: 429, retryAfter: 2, before: 0 }, OPTIONS, half)).toBe(2250);
    expect(waitBeforeRetry({ status: 503, retryAfter: 10, before: 2 }, OPTIONS, () => 0)).toBe(10_000);
  });

  it('doubles, at random, where the server says nothing', () => {
    const waits = [0, 1, 2].map((before) =>
      waitBeforeRetry({ status: 503, retryAfter: undefined, before }, OPTIONS, half),
    );
    expect(waits).toEqual([250, 500, 1000]);
  });

  it('ends with the tries, with a wait that is too long, and with any other status', () => {
    expect(waitBeforeRetry({ status: 429, retryAfter: 1, before: 3 }, OPTIONS, half)).toBeUndefined();
    expect(waitBeforeRetry({ status: 429, retryAfter: 11, before: 0 }, OPTIONS, half)).toBeUndefined();
    for (const status of [200, 400, 401, 408, 409, 500, 502, 504]) {
      expect(waitBeforeRetry({ status, retryAfter: 1, before: 0 }, OPTIONS, half)).toBeUndefined();
    }
  });
});

describe('Retry-After', () => {
  it('is read as seconds or as a date', () => {
    const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
    expect(retryAfterOf('7', now)).toBe(7);
    expect(retryAfterOf('Wed, 21 Oct 2026 07:28:03 GMT', now)).toBe(3);
    expect(retryAfterOf('Wed, 21 Oct 2026 07:27:00 GMT', now)).toBe(0);
    expect(retryAfterOf('soon', now)).toBeUndefined();
    expect(retryAfterOf(null, now)).toBeUndefined();
  });
});

describe('sleep', () => {
  it('ends as soon as its signal is aborted', async () => {
    const controller = new AbortController();
    const sleeping = sleep(60_000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(sleep(60_000, controller.signal)).rejects.toThrow('enough');
    await sleep(1);
  });
});
