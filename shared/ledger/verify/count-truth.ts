import { HOUR } from '../../platform/clock.ts';
import type { Key } from '../../platform/writes.ts';
import { ledgerPartition } from '../account.ts';
import { hoursOf } from '../history/count-index.ts';
import { monthOf } from '../history/hours.ts';
import { rowPrefix } from '../history/row.ts';
import { timeKey } from '../record-id.ts';
import type { Verifying } from './lookup.ts';
import { type Problem, problemAt } from './problem.ts';
import { LOOKS, pauseBefore } from './settle.ts';
import type { CountPlace } from './user-tally.ts';

/** Looks at an hour that changes while it is looked at. */
const TRIES = 12;

/** Rows of one user in one hour: more than one can make by the limits of the API. */
const MOST_ROWS = 500_000;

const keyOf = (userId: string, { class: kind, asset, hour }: CountPlace): Key => ({
  pk: ledgerPartition(userId),
  sk: `COUNT#${kind}#${asset}#${monthOf(hour)}`,
});

const countedRows = async ({ tables }: Verifying, userId: string, place: CountPlace): Promise<number> => {
  const item = await tables.ledger.get(keyOf(userId, place));
  return item ? (new Map(hoursOf(item)).get(place.hour) ?? 0) : 0;
};

const presentRows = async ({ tables }: Verifying, userId: string, { hour, ...stream }: CountPlace): Promise<number> => {
  const sortPrefix = rowPrefix(stream);
  const rows = await tables.ledger.query({
    partition: ledgerPartition(userId),
    sortPrefix,
    sortFrom: `${sortPrefix}${timeKey(hour * HOUR)}`,
    sortTo: `${sortPrefix}${timeKey((hour + 1) * HOUR - 1)}\u{10FFFF}`,
    limit: MOST_ROWS,
  });
  return rows.length;
};

/**
 * Compares what the index of a history says of an hour with the rows of that hour, as `proveAccount` does with balances.
 *
 * @returns problems; `undefined` when the hour never held still.
 */
export const proveCount = async (
  verifying: Verifying,
  userId: string,
  place: CountPlace,
): Promise<readonly Problem[] | undefined> => {
  const key = keyOf(userId, place);
  let differed = 0;
  for (let look = 1; look <= TRIES; look += 1) {
    const before = await countedRows(verifying, userId, place);
    const rows = await presentRows(verifying, userId, place);
    const after = await countedRows(verifying, userId, place);
    if (before === after) {
      if (rows === after) return [];
      differed += 1;
      const detail = `counts ${after} rows in the hour from ${new Date(place.hour * HOUR).toISOString()}, which has ${rows}`;
      if (differed === LOOKS) return [problemAt(key, 'count-differs', detail)];
    }
    if (look < TRIES) await pauseBefore(verifying, Math.min(look, LOOKS));
  }
  return undefined;
};
