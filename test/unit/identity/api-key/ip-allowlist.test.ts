import { describe, expect, it } from '@jest/globals';
import { isIpAllowed } from '../../../../shared/identity/api-key/ip-allowlist.ts';

describe('the list of addresses of a key', () => {
  it('lets everybody in where there is none, and nobody where it is empty', () => {
    expect(isIpAllowed(undefined, '192.0.2.1')).toBe(true);
    expect(isIpAllowed(undefined, '')).toBe(true);
    expect(isIpAllowed([], '192.0.2.1')).toBe(false);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.10', false],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.7/24', '192.0.2.200', true],
    ['192.0.2.4/31', '192.0.2.5', true],
    ['192.0.2.4/31', '192.0.2.6', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::/0', '2001:db8::1', true],
    ['::1', '::1', true],
  ])('%s has %s: %s', (entry, ip, allowed) => {
    expect(isIpAllowed([entry], ip)).toBe(allowed);
    expect(isIpAllowed(['198.51.100.0/24', entry, '2001:db8:1::/48'], ip)).toBe(allowed);
  });

  it.each(['::ffff:192.0.2.1', '::FFFF:192.0.2.1', '::ffff:c000:201', '0:0:0:0:0:ffff:192.0.2.1'])(
    'takes %s for the IPv4 address that it is, as entry and as source',
    (mapped) => {
      expect(isIpAllowed(['192.0.2.1'], mapped)).toBe(true);
      expect(isIpAllowed(['192.0.2.0/24'], mapped)).toBe(true);
      expect(isIpAllowed(['192.0.2.2'], mapped)).toBe(false);
      expect(isIpAllowed([mapped], '192.0.2.1')).toBe(true);
      expect(isIpAllowed([`${mapped}/120`], '192.0.2.9')).toBe(true);
      expect(isIpAllowed([`${mapped}/120`], '192.0.3.9')).toBe(false);
    },
  );

  it.each(['', 'localhost', '192.0.2', '192.0.2.1.1', '192.0.2.1/', '192.0.2.1/33', '192.0.2.1/-1', '192.0.2.1/24/8'])(
    'is not widened by %j, which is no range',
    (entry) => {
      expect(isIpAllowed([entry], '192.0.2.1')).toBe(false);
      expect(isIpAllowed([entry, '192.0.2.1'], '192.0.2.1')).toBe(true);
    },
  );

  it.each(['::ffff:192.0.2.1/95', '2001:db8::/129', 'fe80::1%eth0', '192.0.2.1/1e1', '010.0.0.1'])(
    'is not widened by %j either',
    (entry) => {
      for (const ip of ['192.0.2.1', '2001:db8::1', 'fe80::1', '10.0.0.1', '8.0.0.1']) {
        expect(isIpAllowed([entry], ip)).toBe(false);
      }
    },
  );

  it.each(['', 'unknown', '192.0.2.1, 10.0.0.1', '192.0.2.1:80', 'fe80::1%eth0', '192.0.2.1/0'])(
    'does not have %j, which is no address',
    (ip) => {
      expect(isIpAllowed(['0.0.0.0/0', '::/0'], ip)).toBe(false);
    },
  );
});
