import { describe, expect, it } from '@jest/globals';
import { isFree, pauseAfter, queuedMailOf } from '../../../shared/mail/queued-mail.ts';

const MINUTE = 60_000;

const NOTICE = { kind: 'factor-bound', facts: { at: 1 }, userId: 'u', username: 'ann', to: 'a@b.c', locale: 'en' };
const STATE = { at: 1, attempts: 0, leaseUntil: 0, nextAttemptAt: 0 };

describe('pauses between attempts', () => {
  it('are 1, 2, 4, 8 and then 15 minutes, between half and all of it', () => {
    const longest = { bytes: () => new Uint8Array(), int: (max: number) => max - 1 };
    const shortest = { bytes: () => new Uint8Array(), int: () => 0 };
    const failures = [1, 2, 3, 4, 5, 6, 400];
    const minutes = [1, 2, 4, 8, 15, 15, 15];
    expect(failures.map((count) => pauseAfter(count, longest))).toEqual(minutes.map((one) => one * MINUTE));
    expect(failures.map((count) => pauseAfter(count, shortest))).toEqual(minutes.map((one) => (one * MINUTE) / 2));
  });
});

describe('a queued mail', () => {
  it('waits, with its state and what it says', () => {
    expect(queuedMailOf({ pk: 'OUTBOX#1', ...NOTICE, ...STATE })).toEqual({
      is: 'waiting',
      state: STATE,
      notice: NOTICE,
    });
  });

  it.each([{ kind: 'unheard-of' }, { attempts: 'none' }, { to: 7 }])('is unreadable with %j', (change) => {
    expect(queuedMailOf({ ...NOTICE, ...STATE, ...change })).toEqual({ is: 'unreadable' });
    const again = { ...NOTICE, ...STATE, ...change, parkedAt: 1, parkedFor: 'unreadable' };
    expect(queuedMailOf(again)).toEqual({ is: 'parked' });
  });

  it('stays parked when it was refused, and waits again when only its reader was too old', () => {
    expect(queuedMailOf({ ...NOTICE, ...STATE, parkedAt: 1, parkedFor: 'unsendable' })).toEqual({ is: 'parked' });
    expect(queuedMailOf({ ...NOTICE, ...STATE, parkedAt: 1, parkedFor: 'unreadable' })).toMatchObject({
      is: 'waiting',
    });
  });

  it('is free when nobody has it and its pause is over', () => {
    expect(isFree(STATE, 5)).toBe(true);
    expect(isFree({ ...STATE, leaseUntil: 6 }, 5)).toBe(false);
    expect(isFree({ ...STATE, nextAttemptAt: 6 }, 5)).toBe(false);
    expect(isFree({ ...STATE, leaseUntil: 5, nextAttemptAt: 5 }, 5)).toBe(true);
  });
});
