import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRight, isTimely, NONCE_WINDOW, sign } from '../../../../shared/http/api-key/signature.ts';

/** Published for this algorithm (API chapter 2). */
const VECTOR = {
  secret: '848db84ac252b6726e5f6e7a711d9c96d9fd77d020151b45839a5b59c37203bx',
  path: '/api/v3.2/user/wallet',
  nonce: '1624984297330',
  signature: '14b986706a4368221e0af14a6725377161805e7a57d568220478cb3590ce532d4fad4ac68e6c02a14afced6a0619bfd3',
} as const;

const secret = createSecretKey(Buffer.from(VECTOR.secret));
const { path, nonce, signature } = VECTOR;

describe('a signature', () => {
  it('is the published one for the published request', () => {
    expect(sign(secret, { path, nonce, body: '' })).toBe(signature);
    expect(isRight(signature, secret, { path, nonce, body: '' })).toBe(true);
  });

  it('is the HMAC-SHA384 of path, nonce and body, with nothing in between, whatever they hold', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.nat(), fc.uint8Array(), (anyPath, anyNonce, body) => {
        const text = Buffer.concat([Buffer.from(`${anyPath}${anyNonce}`), body]);
        const expected = createHmac('sha384', VECTOR.secret).update(text).digest('hex');
        expect(sign(secret, { path: anyPath, nonce: String(anyNonce), body })).toBe(expected);
      }),
    );
  });

  it('is over the bytes of the body: what a text and its bytes give is the same, what reads alike is not', () => {
    const of = (body: string | Uint8Array) => sign(secret, { path, nonce, body });
    expect(of('{"a":"é"}')).toBe(of(Buffer.from('{"a":"é"}')));
    expect(new Set([of('{"a":"é"}'), of('{"a":"\\u00e9"}'), of('{ "a":"é"}'), of('{"a":"e\u0301"}')]).size).toBe(4);
  });

  it.each([
    ['of another path', { path: '/api/v3.2/user/wallet/' }],
    ['of a path in other case', { path: '/api/v3.2/user/Wallet' }],
    ['of a path that is encoded otherwise', { path: '/api/v3.2/user/w%61llet' }],
    ['of another nonce', { nonce: '1624984297331' }],
    ['of another body', { body: ' ' }],
  ])('%s is not right', (_, change) => {
    expect(isRight(signature, secret, { path, nonce, body: '', ...change })).toBe(false);
  });

  it('is not right with any bit changed, cut short, longer, or empty', () => {
    const signed = { path, nonce, body: '' };
    const bytes = Buffer.from(signature, 'hex');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isRight(changed.toString('hex'), secret, signed)).toBe(false);
    }
    for (const wrong of ['', signature.slice(2), `${signature}00`]) expect(isRight(wrong, secret, signed)).toBe(false);
    expect(isRight(signature, createSecretKey(Buffer.from('x')), signed)).toBe(false);
  });
});

describe('a nonce', () => {
  it('is timely to the millisecond, either way', () => {
    const now = 1_624_984_297_330;
    expect(NONCE_WINDOW).toBe(30_000);
    expect([-30_000, -1, 0, 1, 30_000].filter((difference) => !isTimely(now + difference, now))).toEqual([]);
    expect([-30_001, 30_001, -now].filter((difference) => isTimely(now + difference, now))).toEqual([]);
  });
});
