import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createNonces, createSign } from '../../../shared/client/signature.ts';

const NONE = new Uint8Array();

describe('a signature', () => {
  it('is the one that was published for this algorithm', async () => {
    const sign = createSign('848db84ac252b6726e5f6e7a711d9c96d9fd77d020151b45839a5b59c37203bx');
    expect(await sign({ path: '/api/v3.2/user/wallet', nonce: 1624984297330, body: NONE })).toBe(
      '14b986706a4368221e0af14a6725377161805e7a57d568220478cb3590ce532d4fad4ac68e6c02a14afced6a0619bfd3',
    );
  });

  it('covers the bytes of the body', async () => {
    const body = Buffer.from('{"label":"租金 ✓"}');
    const expected = createHmac('sha384', 'key').update('/v1/x17').update(body).digest('hex');
    expect(await createSign('key')({ path: '/v1/x', nonce: 17, body: Uint8Array.from(body) })).toBe(expected);
  });
});

describe('nonces', () => {
  it('are the milliseconds of the clock, and the next ones where those are used', () => {
    let now = 1_700_000_000_000;
    const next = createNonces(() => now);
    const first = [next(), next(), next()];
    expect(first).toEqual([now, now + 1, now + 2]);
    now += 1;
    expect(next()).toBe(now + 2);
    now += 100;
    expect(next()).toBe(now);
  });

  it('are whole, and never the same, when the clock is set back or stands still', () => {
    let now = 1_700_000_000_000.7;
    const next = createNonces(() => now);
    const given = new Set<number>();
    for (let count = 0; count < 1000; count += 1) {
      if (count % 100 === 0) now -= 50;
      given.add(next());
    }
    expect(given.size).toBe(1000);
    expect([...given].every(Number.isInteger)).toBe(true);
  });

  it('stay near the clock after a burst, and are forgotten in time', () => {
    let now = 1_700_000_000_000;
    const next = createNonces(() => now);
    for (let count = 0; count < 5000; count += 1) next();
    now += 200_000;
    expect(next()).toBe(now);
    now -= 200_000;
    expect(next()).toBe(now);
  });
});
