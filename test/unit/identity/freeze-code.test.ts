import { describe, expect, it } from '@jest/globals';
import { freezeCodeKey, newFreezeCode } from '../../../shared/identity/freeze-code.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { put } from '../../../shared/platform/writes.ts';

const DAY = 86_400_000;

describe('newFreezeCode', () => {
  const table = { put: (item: Parameters<typeof put>[1]) => put('users', item) };

  it('makes 256 random bits, of which the table learns a hash, good for seven days', () => {
    const { code, write } = newFreezeCode(table, systemRandom, 1_000, 'u1');
    expect(code).toMatch(/^[\w-]{43}$/);
    expect(write.Put?.Item).toEqual({
      ...freezeCodeKey(code),
      userId: 'u1',
      expiresAt: 1_000 + 7 * DAY,
      ttl: 1 + (7 * DAY) / 1000,
    });
    expect(JSON.stringify(write)).not.toContain(code);
  });

  it('makes another one each time', () => {
    const codes = Array.from({ length: 100 }, () => newFreezeCode(table, systemRandom, 0, 'u1').code);
    expect(new Set(codes).size).toBe(100);
  });
});
