import { describe, expect, it } from '@jest/globals';
import { argon2id, type Argon2Input } from '../../../shared/platform/argon2.ts';
import { createPasswordHasher } from '../../../shared/platform/password-hash.ts';
import { systemRandom } from '../../../shared/platform/random.ts';

const PASSWORD = '22c5c8d254e101d1ecc41a400d1ecdc21eb49aae5fff472549d389febd5e1455';

/** A hasher on the real engine that keeps what it was asked to compute. */
const recordingHasher = () => {
  const computed: Argon2Input[] = [];
  const hasher = createPasswordHasher({
    randomBytes: systemRandom.bytes,
    engine: (input) => {
      computed.push(input);
      return argon2id(input);
    },
  });
  return { hasher, computed };
};

/** Base64 without padding. */
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

const withCost = (stored: string, cost: string): string => stored.replace('m=19456,t=2,p=1', cost);

describe('hash', () => {
  it('writes a PHC string with the parameters, 16 bytes of salt and 32 of tag', async () => {
    const { hasher, computed } = recordingHasher();
    await expect(hasher.hash(PASSWORD)).resolves.toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(computed).toHaveLength(1);
  });

  it('salts: one password gives two hashes', async () => {
    const { hasher } = recordingHasher();
    expect(await hasher.hash(PASSWORD)).not.toBe(await hasher.hash(PASSWORD));
  });

  it('takes the salt from the injected source', async () => {
    const hasher = createPasswordHasher({ randomBytes: (size) => new Uint8Array(size).fill(1) });
    expect((await hasher.hash(PASSWORD)).split('$')[4]).toBe('AQEBAQEBAQEBAQEBAQEBAQ');
  });
});

describe('verify', () => {
  it('knows the right password, a wrong one, and computes once for each', async () => {
    const { hasher, computed } = recordingHasher();
    const stored = await hasher.hash(PASSWORD);
    computed.length = 0;
    await expect(hasher.verify(PASSWORD, stored)).resolves.toEqual({ matches: true, needsRehash: false });
    await expect(hasher.verify('wrong', stored)).resolves.toEqual({ matches: false, needsRehash: false });
    expect(computed).toHaveLength(2);
  });

  it('compares the whole of a password, case included', async () => {
    const { hasher } = recordingHasher();
    const stored = await hasher.hash(PASSWORD);
    const almost = [
      PASSWORD.slice(0, -1),
      `${PASSWORD}0`,
      `${PASSWORD.slice(0, -1)}0`,
      `0${PASSWORD.slice(1)}`,
      PASSWORD.toUpperCase(),
      ` ${PASSWORD}`,
    ];
    const verified = await Promise.all(almost.map((password) => hasher.verify(password, stored)));
    expect(verified.map(({ matches }) => matches)).toEqual(almost.map(() => false));
  });

  it('does for an unknown user exactly what it does for a wrong password', async () => {
    const { hasher, computed } = recordingHasher();
    const stored = await hasher.hash(PASSWORD);
    computed.length = 0;
    await hasher.verify('wrong', stored);
    await expect(hasher.verify('wrong', undefined)).resolves.toEqual({ matches: false, needsRehash: false });
    const [known, unknown] = computed.map(({ salt, ...cost }) => ({ ...cost, salt: salt.length }));
    expect(computed).toHaveLength(2);
    expect(unknown).toEqual(known);
  });

  it('never matches an unknown user, whatever the engine answers', async () => {
    const hasher = createPasswordHasher({
      randomBytes: systemRandom.bytes,
      engine: () => Promise.resolve(new Uint8Array(32)),
    });
    await expect(hasher.verify(PASSWORD, undefined)).resolves.toEqual({ matches: false, needsRehash: false });
  });

  it('asks for a new hash when the stored parameters are not those of today', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const tag = await argon2id({ password: PASSWORD, salt, memory: 4096, passes: 3, parallelism: 1, tagLength: 32 });
    const stored = `$argon2id$v=19$m=4096,t=3,p=1$${base64(salt)}$${base64(tag)}`;
    const { hasher } = recordingHasher();
    await expect(hasher.verify(PASSWORD, stored)).resolves.toEqual({ matches: true, needsRehash: true });
    await expect(hasher.verify('wrong', stored)).resolves.toEqual({ matches: false, needsRehash: false });
  });
});

describe('a damaged record', () => {
  const SALT_AND_TAG = `$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  const GOOD = `$argon2id$v=19$m=19456,t=2,p=1${SALT_AND_TAG}`;

  it.each([
    ['is empty', ''],
    ['is another algorithm', GOOD.replace('argon2id', 'argon2i')],
    ['is another version', GOOD.replace('v=19', 'v=16')],
    ['lost its tag', GOOD.slice(0, GOOD.lastIndexOf('$'))],
    ['asks for a gigabyte', withCost(GOOD, 'm=1048576,t=2,p=1')],
    ['asks for a hundred passes', withCost(GOOD, 'm=19456,t=100,p=1')],
    ['asks for no pass', withCost(GOOD, 'm=19456,t=0,p=1')],
    ['asks for 16 lanes', withCost(GOOD, 'm=19456,t=2,p=16')],
    ['asks for less memory than argon2 allows', withCost(GOOD, 'm=7,t=2,p=1')],
    ['has a line after it', `${GOOD}\n`],
  ])('that %s throws without computing and without telling the hash', async (_what, stored) => {
    const { hasher, computed } = recordingHasher();
    const failure = await hasher.verify(PASSWORD, stored).catch((error: unknown) => String(error));
    expect(failure).toMatch(/^MalformedHashError: A stored password hash is damaged: /);
    expect(failure).not.toContain('AAAA');
    expect(computed).toHaveLength(0);
  });
});
