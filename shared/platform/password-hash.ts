import { timingSafeEqual } from 'node:crypto';
import { argon2id, type Argon2Engine } from './argon2.ts';

/** Cost in the names of the PHC string format: KiB of memory, passes, lanes. */
interface Cost {
  readonly m: number;
  readonly t: number;
  readonly p: number;
}

interface ParsedHash {
  readonly cost: Cost;
  readonly salt: Uint8Array;
  readonly tag: Uint8Array;
}

interface Verification {
  readonly matches: boolean;
  /** The password is right, and its hash was made with other parameters than those of today. */
  readonly needsRehash: boolean;
}

export interface PasswordHasher {
  /** Hashes with a fresh salt and today's parameters, as a PHC string. */
  hash(password: string): Promise<string>;
  /**
   * Compares in constant time with what is stored. Without a stored hash (nobody has that name) nothing matches,
   * and the one argon2 computation is made all the same, so that the time tells nothing.
   *
   * @throws MalformedHashError when the stored string is damaged.
   */
  verify(password: string, stored: string | undefined): Promise<Verification>;
}

/** A stored hash that cannot be read: a fault in the data, never something that a person typed. */
class MalformedHashError extends Error {
  override readonly name = 'MalformedHashError';

  constructor(detail: string) {
    super(`A stored password hash is damaged: ${detail}. Expected $argon2id$v=19$m=…,t=…,p=…$salt$tag.`);
  }
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. */
const COST: Cost = { m: 19_456, t: 2, p: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** What is still computed for a stored hash: a damaged or planted record must not stop the function for seconds. */
const LIMITS = { m: 262_144, t: 10, p: 4 } as const;

/** Computed for unknown names: the cost of today, and a tag that nothing is known to give. */
const DUMMY: ParsedHash = { cost: COST, salt: new Uint8Array(SALT_BYTES), tag: new Uint8Array(TAG_BYTES) };

const PHC_PATTERN =
  /^\$argon2id\$v=19\$m=(?<m>\d{1,7}),t=(?<t>\d{1,3}),p=(?<p>\d{1,3})\$(?<salt>[A-Za-z0-9+/]{11,86})\$(?<tag>[A-Za-z0-9+/]{22,86})$/;

/** The PHC string format writes base64 without padding. */
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

const format = ({ cost, salt, tag }: ParsedHash): string =>
  `$argon2id$v=19$m=${cost.m},t=${cost.t},p=${cost.p}$${toBase64(salt)}$${toBase64(tag)}`;

const parse = (stored: string): ParsedHash => {
  const groups = PHC_PATTERN.exec(stored)?.groups;
  // What is stored stays out of the message: it ends in logs.
  if (!groups) throw new MalformedHashError(`${stored.length} characters of another form`);
  const { m = '', t = '', p = '', salt = '', tag = '' } = groups;
  const cost = { m: Number(m), t: Number(t), p: Number(p) };
  const bounded = cost.t >= 1 && cost.t <= LIMITS.t && cost.p >= 1 && cost.p <= LIMITS.p && cost.m <= LIMITS.m;
  if (!bounded || cost.m < 8 * cost.p) {
    throw new MalformedHashError(`cost m=${m},t=${t},p=${p} is outside m<=${LIMITS.m},t<=${LIMITS.t},p<=${LIMITS.p}`);
  }
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
};

const isCurrent = ({ cost, salt, tag }: ParsedHash): boolean =>
  cost.m === COST.m && cost.t === COST.t && cost.p === COST.p && salt.length === SALT_BYTES && tag.length === TAG_BYTES;

/**
 * Builds the password hasher: argon2id, m=19456 KiB, t=2, p=1, stored as PHC string. `hash` and `verify` make
 * exactly one argon2 computation each.
 */
export const createPasswordHasher = ({
  randomBytes,
  engine = argon2id,
}: {
  readonly randomBytes: (size: number) => Uint8Array;
  readonly engine?: Argon2Engine;
}): PasswordHasher => {
  const compute = (password: string, { cost, salt, tag }: ParsedHash): Promise<Uint8Array> =>
    engine({ password, salt, memory: cost.m, passes: cost.t, parallelism: cost.p, tagLength: tag.length });

  return {
    hash: async (password) => {
      const fresh = { ...DUMMY, salt: randomBytes(SALT_BYTES) };
      return format({ ...fresh, tag: await compute(password, fresh) });
    },
    verify: async (password, stored) => {
      const expected = stored === undefined ? DUMMY : parse(stored);
      const equal = timingSafeEqual(await compute(password, expected), expected.tag);
      const matches = equal && stored !== undefined;
      return { matches, needsRehash: matches && !isCurrent(expected) };
    },
  };
};
