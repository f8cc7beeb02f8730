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
