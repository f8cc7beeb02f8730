import { randomBytes, randomInt } from 'node:crypto';

/** The source of everything that must not be guessed; injected so that tests can repeat it. */
export interface Random {
  readonly bytes: (size: number) => Uint8Array;
  /** A uniform integer from 0 up to and without `maxExclusive` (at most 2^48). */
  readonly int: (maxExclusive: number) => number;
}

export const systemRandom: Random = { bytes: (size) => randomBytes(size), int: (max) => randomInt(max) };

/** 128 random bits as 32 lower-case hex digits: user ids and the second half of tokens. */
export const randomId = (random: Random): string => Buffer.from(random.bytes(16)).toString('hex');

/** A code of decimal digits, leading zeros included. */
export const randomDigits = (random: Random, length: number): string =>
  Array.from({ length }, () => random.int(10)).join('');
