/** The middle of the numbers, or the mean of the two in the middle. */
export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
};

/** How far the middle half of the numbers lies apart, as a share of the median: how much to trust it. */
export const spread = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return (at(0.75) - at(0.25)) / median(numbers);
};

/**
 * Measures each variant once a round, in turn, so that whatever else the machine does falls on all of them alike.
 * The first round warms up and is not counted.
 *
 * @returns the numbers of each variant, round by round.
 */
export const interleave = async (
  variants: Readonly<Record<string, () => Promise<number>>>,
  rounds: number,
): Promise<Readonly<Record<string, readonly number[]>>> => {
  const entries = Object.entries(variants);
  const samples = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of entries) {
      const sample = await measure();
      if (round > 0) samples.get(name)?.push(sample);
    }
  }
  return Object.fromEntries(samples);
};

/**
 * The median of what two variants make of each other round by round. Neighbours saw the same machine; the medians of each
 * by itself may come from rounds in which it was not.
 */
export const medianByRound = (
  first: readonly number[],
  second: readonly number[],
  compare: (first: number, second: number) => number,
): number => median(first.map((sample, round) => compare(sample, second[round] ?? Number.NaN)));

/** Milliseconds that some work takes. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** Microseconds that this thread has been at work: waiting for a core that something else has is no cost of the work. */
export const worked = (): number => {
  const used = process.threadCpuUsage();
  return used.user + used.system;
};
