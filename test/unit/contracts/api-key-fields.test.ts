import { describe, expect, it } from '@jest/globals';
import { BlockList, isIP } from 'node:net';
import { createApiKey } from '../../../shared/contracts/endpoints/account/create-api-key.ts';
import { deleteApiKey } from '../../../shared/contracts/endpoints/account/delete-api-key.ts';

const { body, example } = createApiKey;

const takes = (change: Readonly<Record<string, unknown>>): boolean =>
  body.safeParse({ label: 'Bot', scopes: ['read'], ...change }).success;

const ADDRESSES = ['0.0.0.0', '203.0.113.7', '255.255.255.255', '::', '::1', '2001:db8::7', '2001:DB8:0:0:0:0:0:7'];
const RANGES = ['0.0.0.0/0', '203.0.113.7/24', '203.0.113.7/32', '::/0', '2001:db8::/32', '::1/128'];

describe('what is asked of a new API key', () => {
  it.each(['B', '機器人 №1', 'x'.repeat(64), 'a/b "c" <d>', '🤖'])('may be called %j', (label) => {
    expect(takes({ label })).toBe(true);
  });

  it.each(['', '   ', 'x'.repeat(65), 'a\nb', 'a\u0000', 'a\u202eb', 'a\u2028b', 'a\u200bb', '\ud800', 7, null])(
    'may not be called %j',
    (label) => {
      expect(takes({ label })).toBe(false);
    },
  );

  it('is one scope at least, each once, and none that is unknown', () => {
    for (const scopes of [['read'], ['pay', 'trade'], ['read', 'trade', 'pay']]) expect(takes({ scopes })).toBe(true);
    for (const scopes of [[], ['read', 'read'], ['admin'], ['READ'], 'read', null, undefined, [null]]) {
      expect(takes({ scopes })).toBe(false);
    }
  });

  it.each([...ADDRESSES, ...RANGES])('may be used from %s', (entry) => {
    expect(takes({ ipAllowlist: [entry] })).toBe(true);
    // Who compares addresses must be able to read whatever is let in here.
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const list = new BlockList();
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
    expect(list.check(address, family)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '01.2.3.4',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/-1',
    '1.2.3.4/08',
    '1.2.3.4/24/8',
    '1.2.3.4 ',
    '1.2.3.4\n',
    '::1\n',
    '::ffff:1.2.3.4',
    'fe80::1%eth0',
    '[::1]',
    '1::2::3',
    '12345::',
    '::1/129',
    '::1/',
    '1.2.3.0-1.2.3.9',
    '*',
    7,
    null,
  ])('may not be used from %j', (entry) => {
    expect(takes({ ipAllowlist: [entry] })).toBe(false);
  });

  it('names 1 to 20 places where it names any', () => {
    const list = (length: number) => Array.from({ length }, (_, index) => `203.0.113.${index}`);
    expect([0, 1, 20, 21].map((length) => takes({ ipAllowlist: list(length) }))).toEqual([false, true, true, false]);
    expect(takes({ ipAllowlist: null })).toBe(false);
  });

  it('has a whole number for its end', () => {
    expect([1, 1.5, '1', null].map((expiresAt) => takes({ expiresAt }))).toEqual([true, false, false, false]);
  });
});

describe('the key to be revoked', () => {
  it('is named as it was given out', () => {
    const { apiKey } = example.data;
    expect(deleteApiKey.query.safeParse({ apiKey }).success).toBe(true);
    for (const wrong of ['', apiKey.slice(1), `${apiKey}=`, `${apiKey}\n`, apiKey.replace('=', '+')]) {
      expect(deleteApiKey.query.safeParse({ apiKey: wrong }).success).toBe(false);
    }
  });
});
