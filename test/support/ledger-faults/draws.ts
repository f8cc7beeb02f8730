import { seededRandomInt } from '../seeded-random.ts';

/** Shares of the calls, 0 to 1. */
export interface FaultRates {
  /** Calls that conflict, throttle or fail, each as often as the others, before they do anything. */
  readonly refused: number;
  /** Calls that are done and whose answer is lost. */
  readonly lost: number;
  /** Whether reads are spared. */
  readonly writesOnly?: boolean;
}

export type Fault = 'conflict' | 'throttle' | 'throttle reason' | 'failure' | 'lost answer';

/** Whatever happens to a transaction or a write. */
const WRITE_FAULTS = ['conflict', 'throttle', 'failure'] as const;
/** Reads meet no transactions. */
const READ_FAULTS = ['throttle', 'failure'] as const;

const SCALE = 1_000_000;

/** Draws what happens to one call after the other, the same for the same seed. */
export const createDraws = (
  seed: number,
  { refused, lost, writesOnly = false }: FaultRates,
): ((operation: string) => Fault | undefined) => {
  const int = seededRandomInt(seed);
  return (operation) => {
    const isWrite = /Write|Put|Update|Delete/.test(operation);
    if (writesOnly && !isWrite) return undefined;
    const drawn = int(SCALE) / SCALE;
    const kinds = isWrite ? WRITE_FAULTS : READ_FAULTS;
    const kind = kinds[int(kinds.length)];
    const asReason = int(2) === 0 && operation === 'TransactWriteItems';
    if (drawn < refused) return kind === 'throttle' && asReason ? 'throttle reason' : kind;
    return drawn < refused + lost ? 'lost answer' : undefined;
  };
};
