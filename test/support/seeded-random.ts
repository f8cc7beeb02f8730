import type { Random } from '../../shared/platform/random.ts';

/** Repeatable random integers below a bound (at most 2^32), so that a test draws the same thing each time: mulberry32. */
export const seededRandomInt = (seed: number): ((maxExclusive: number) => number) => {
  let state = seed;
  return (maxExclusive) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * maxExclusive);
  };
};

/** All randomness of a run, repeatable. */
export const seededRandom = (seed: number): Random => {
  const int = seededRandomInt(seed);
  return { int, bytes: (size) => Uint8Array.from({ length: size }, () => int(256)) };
};
