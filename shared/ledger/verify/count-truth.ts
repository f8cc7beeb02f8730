import { HOUR, SECOND } from '../../platform/clock.ts';
import type { Key } from '../../platform/writes.ts';
import { ledgerPartition } from '../account.ts';
import { countKey, type HourCount, hoursOf } from '../history/count-index.ts';
import { rowPrefix } from '../history/row.ts';
import { BLOCKS_AN_HOUR, readSeconds, type Second, secondKey, secondOf } from '../history/second-index.ts';
import { timeKey } from '../record-id.ts';
import { sameSeconds } from './block-tally.ts';
import { asStored } from './check.ts';
import type { CountPlace } from './hour-tally.ts';
import type { Verifying } from './lookup.ts';
import { type Problem, placeOf, problemAt } from './problem.ts';
import { LOOKS, pauseBefore } from './settle.ts';

/** Looks at an hour that changes while it is looked at. */
const TRIES = 12;

/** Rows of one user in one hour that are read to be counted: what lies within the pages of 1 MB that a query takes. */
const MOST_ROWS = 30_000;

/** An hour that has so many rows and gets more is looked at again when it is over: each look costs a second or so. */
const BUSY_ROWS = 5_000;

type Seconds = ReadonlyMap<Second, number>;

const readCount = async ({ tables }: Verifying, key: Key, { hour }: CountPlace): Promise<HourCount> => {
  const item = await tables.ledger.get(key);
  return (item && hoursOf(item).get(hour)) ?? { rows: 0, bySecond: 0 };
};

const timeOf = (sk: string, prefix: string): number => Number(sk.slice(prefix.length).split('#', 1)[0]);

/** The rows that are there, by seconds; `undefined` where they are too many. */
const presentRows = async (
  { tables }: Verifying,
  userId: string,
  { hour, ...stream }: CountPlace,
): Promise<Seconds | undefined> => {
  const sortPrefix = rowPrefix(stream);
  const rows = await tables.ledger.query({
    partition: ledgerPartition(userId),
    sortPrefix,
    sortFrom: `${sortPrefix}${timeKey(hour * HOUR)}`,
    sortTo: `${sortPrefix}${timeKey((hour + 1) * HOUR - 1)}\u{10FFFF}`,
    limit: MOST_ROWS + 1,
  });
  if (rows.length > MOST_ROWS) return undefined;
  const seconds = new Map<Second, number>();
  for (const { sk } of rows.map(asStored)) {
    const second = secondOf(timeOf(sk, sortPrefix));
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return seconds;
};

const countedSeconds = async ({ tables }: Verifying, userId: string, place: CountPlace): Promise<Seconds> => {
  const hours = { first: place.hour, last: place.hour };
  const seconds = await readSeconds(tables.ledger, userId, place, hours, BLOCKS_AN_HOUR);
  return seconds.get(place.hour) ?? new Map();
};

const sumOf = (seconds: Seconds): number => [...seconds.values()].reduce((sum, rows) => sum + rows, 0);

/** The seconds of each item of an hour's index. */
const byItem = (
  userId: string,
  place: CountPlace,
  seconds: Seconds,
): ReadonlyMap<string, [Key, Map<Second, number>]> => {
  const items = new Map<string, [Key, Map<Second, number>]>();
  for (const [second, rows] of seconds) {
    const key = secondKey(userId, place, second * SECOND);
    const [, held] = items.get(placeOf(key)) ?? [key, new Map<Second, number>()];
    items.set(placeOf(key), [key, held.set(second, rows)]);
  }
  return items;
};

const secondProblems = (userId: string, place: CountPlace, counted: Seconds, present: Seconds): readonly Problem[] => {
  const [said, are] = [byItem(userId, place, counted), byItem(userId, place, present)];
  return [...new Map([...said, ...are])].flatMap(([name, [key]]) => {
    const [of, have] = [said.get(name)?.[1] ?? new Map(), are.get(name)?.[1] ?? new Map()];
    if (sameSeconds(of, have)) return [];
    return [
      problemAt(key, 'count-differs', `counts ${sumOf(of)} rows by the second, which are ${sumOf(have)} or elsewhere`),
    ];
  });
};

/**
 * Compares what the index of a history says of an hour, and of its seconds, with the rows of that hour, as `proveAccount`
 * does with balances. Of rows that were added before there were counts by the second, there are none.
 *
 * @returns problems; `undefined` when the hour never held still, or has more rows than a run has time for.
 */
export const proveCount = async (
  verifying: Verifying,
  userId: string,
  place: CountPlace,
): Promise<readonly Problem[] | undefined> => {
  const key = countKey(userId, place, place.hour);
  const judge = (count: HourCount, counted: Seconds, present: Seconds): readonly Problem[] => {
    const from = new Date(place.hour * HOUR).toISOString();
    const differs = (what: string) => [problemAt(key, 'count-differs', `in the hour from ${from} it counts ${what}`)];
    const [rows, bySecond] = [sumOf(present), sumOf(counted)];
    const ofHour = count.rows === rows ? [] : differs(`${count.rows} rows, and there are ${rows}`);
    if (count.rows === count.bySecond) return [...ofHour, ...secondProblems(userId, place, counted, present)];
    const said = `${count.bySecond} rows by the second`;
    return count.bySecond === bySecond ? ofHour : [...ofHour, ...differs(`${said}, and its seconds ${bySecond}`)];
  };
  let differed = 0;
  for (let look = 1; look <= TRIES; look += 1) {
    const before = await readCount(verifying, key, place);
    const counted = await countedSeconds(verifying, userId, place);
    const present = await presentRows(verifying, userId, place);
    if (!present) return undefined;
    const after = await readCount(verifying, key, place);
    if (before.rows !== after.rows && after.rows > BUSY_ROWS) return undefined;
    if (before.rows === after.rows) {
      const problems = judge(after, counted, present);
      if (problems.length === 0) return [];
      differed += 1;
      if (differed === LOOKS) return problems;
    }
    if (look < TRIES) await pauseBefore(verifying, Math.min(look, LOOKS));
  }
  return undefined;
};
