import { seededRandomInt } from '../seeded-random.ts';
import type { Sending } from './moves.ts';

/** Accounts by name, the most popular first. */
export const accountNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `account${String(index).padStart(3, '0')}`);

const SCALE = 1_000_000;

/** Draws names by Zipf's law: the n-th is drawn 1/n as often as the first. */
const zipf = (names: readonly string[], int: (max: number) => number): (() => string) => {
  let sum = 0;
  const sums = names.map((_, index) => (sum += 1 / (index + 1)));
  return () => {
    const drawn = (int(SCALE) / SCALE) * sum;
    return names[sums.findIndex((bound) => drawn < bound)] ?? names[0] ?? '';
  };
};

export interface PlannedTransfer extends Sending {
  /** How it ends, if it begins. */
  readonly ends: 'confirm' | 'cancel';
}

/** One in so many transfers is taken back. */
const CANCELLED = 5;

/**
 * The transfers of a run, the same for the same seed: between accounts of skewed popularity, of amounts up to
 * `mostUnits`, so that some ask for more than there is.
 */
export const planTransfers = (
  seed: number,
  {
    names,
    count,
    mostUnits,
  }: { readonly names: readonly string[]; readonly count: number; readonly mostUnits: number },
): readonly PlannedTransfer[] => {
  const int = seededRandomInt(seed);
  const draw = zipf(names, int);
  return Array.from({ length: count }, () => {
    const sender = draw();
    let receiver = draw();
    while (receiver === sender) receiver = draw();
    const ends = int(CANCELLED) === 0 ? 'cancel' : 'confirm';
    return { sender, receiver, amount: BigInt(int(mostUnits) + 1), ends };
  });
};
