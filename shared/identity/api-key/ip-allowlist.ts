import { BlockList, isIP, SocketAddress } from 'node:net';

/** How an IPv4 address reads in IPv6 (RFC 4291, section 2.5.5.2), and the length of what comes before it, in bits. */
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const MAPPED_BITS = 96;

interface Range {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly bits: number;
}

const PREFIX = /^\d{1,3}$/;

const LENGTHS = { ipv4: 32, ipv6: 128 } as const;

/** An address or CIDR range; `undefined` for what is neither. IPv4 written as IPv6 is IPv4. */
const parseRange = (entry: string): Range | undefined => {
  const [written = '', prefix, ...more] = entry.split('/');
  if (more.length > 0 || isIP(written) === 0 || written.includes('%')) return undefined;
  if (prefix !== undefined && !PREFIX.test(prefix)) return undefined;
  const spelt = isIP(written) === 4 ? written : new SocketAddress({ address: written, family: 'ipv6' }).address;
  const mapped = MAPPED.exec(spelt)?.[1];
  const address = mapped ?? spelt;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const before = mapped === undefined ? 0 : MAPPED_BITS;
  const bits = prefix === undefined ? LENGTHS[family] : Number(prefix) - before;
  return bits < 0 || bits > LENGTHS[family] ? undefined : { address, family, bits };
};

/**
 * Whether a key takes requests from an address: from everywhere without a list, and from nowhere by an empty one.
 *
 * @param ip the source address that the gateway saw; what is no address is on no list.
 */
export const isIpAllowed = (allowlist: readonly string[] | undefined, ip: string): boolean => {
  if (allowlist === undefined) return true;
  const source = isIP(ip) === 0 ? undefined : parseRange(ip);
  if (!source) return false;
  const list = new BlockList();
  for (const { address, family, bits } of allowlist.flatMap((entry) => parseRange(entry) ?? [])) {
    list.addSubnet(address, bits, family);
  }
  return list.check(source.address, source.family);
};
