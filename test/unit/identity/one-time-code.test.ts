import { describe, expect, it } from '@jest/globals';
import { isRightCode, mailTarget, maySend, newCode, type StoredCode } from '../../../shared/identity/one-time-code.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { unusedDocumentClient } from '../../support/document-client.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const table = createTable(unusedDocumentClient(), 'test');

const sent = (...sentAt: number[]): StoredCode => ({
  salt: 's',
  expiresAt: 0,
  lastSentAt: sentAt[sentAt.length - 1] ?? 0,
  sentAt,
});

describe('maySend', () => {
  it('pauses 60 s after a send, to the millisecond', () => {
    expect(maySend(sent(1000), true, 1000 + MINUTE - 1)).toEqual({ allowed: false, retryAt: 1000 + MINUTE });
    expect(maySend(sent(1000), true, 1000 + MINUTE)).toMatchObject({ allowed: true });
  });

  it('asks strangers for a captcha from the fourth send in a day, but not the user', () => {
    const now = 10 * MINUTE;
    const three = sent(0, MINUTE, 2 * MINUTE);
    expect(maySend(three, false, now)).toEqual({ allowed: true, captchaNeeded: true });
    expect(maySend(three, true, now)).toEqual({ allowed: true, captchaNeeded: false });
    expect(maySend(sent(0, MINUTE), false, now)).toEqual({ allowed: true, captchaNeeded: false });
    expect(maySend(three, false, DAY)).toEqual({ allowed: true, captchaNeeded: false });
  });

  it('allows 20 in any 24 hours', () => {
    const twenty = sent(...Array.from({ length: 20 }, (_, index) => index * MINUTE));
    expect(maySend(twenty, true, 30 * MINUTE)).toEqual({ allowed: false, retryAt: DAY });
    expect(maySend(twenty, true, DAY)).toMatchObject({ allowed: true });
  });
});

const make = (previous: StoredCode | undefined, now: number) =>
  newCode(table, { target: mailTarget('u'), previous, now }, systemRandom);

describe('newCode', () => {
  it('stores no code, only its digest, which the code fits and no other does', () => {
    const { code, write } = make(undefined, 5);
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify(write)).not.toContain(code);
    expect(isRightCode(write.Put?.Item, mailTarget('u'), code)).toBe(true);
    expect(isRightCode(write.Put?.Item, mailTarget('v'), code)).toBe(false);
    expect(isRightCode(write.Put?.Item, mailTarget('u'), code === '000000' ? '000001' : '000000')).toBe(false);
  });

  it('remembers the sends of the last 24 hours only', () => {
    expect(make(sent(1, 2, DAY), DAY + 1).write.Put?.Item).toMatchObject({ sentAt: [2, DAY, DAY + 1], tries: 0 });
  });

  it('draws every code with the same chance', () => {
    const first = Array.from({ length: 2000 }, () => make(undefined, 0).code[0]);
    const counts = Array.from('0123456789').map((digit) => first.filter((drawn) => drawn === digit).length);
    // 200 expected each; six standard deviations (13.4 each) would be seen once in 10^8 runs.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(81);
  });
});
