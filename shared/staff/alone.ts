import * as z from 'zod/mini';
import type { AssetName } from '../contracts/assets.ts';
import { type Units, units } from '../ledger/units.ts';
import { DAY, HOUR, timeToLive } from '../platform/clock.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import { ABSENT, type Item, type Key, type Write } from '../platform/writes.ts';
import type { BookingOrder } from './booking-order.ts';
import { nameIn, type StaffCaller } from './staff-caller.ts';

/**
 * What was booked by one person alone in the last 24 hours: by one of the staff, or to one user by anybody. Without it, a
 * large amount could be booked by one person as many small ones.
 *
 * Sums are kept by hours, of which whole ones fall away, so that `used` is what came in 24 to 25 hours. It changes within the
 * transaction that books, on the condition that it stays within the limit: within an hour blindly, so that bookings of
 * one person at once do not refuse each other; the first of an hour takes the old hours off what it has read.
 */
const aloneItem = z.object({ hour: z.int(), used: units, hours: z.record(z.string(), units) });

type Alone = Readonly<z.output<typeof aloneItem>>;

const keyOf = (kind: 'STAFF' | 'USER', name: string, asset: AssetName): Key => ({
  pk: `ALONE#${kind}#${name}#${asset}`,
  sk: 'ALONE',
});

/** The sums that an order adds to: of who books, and of who is credited, if anybody is. */
export const aloneKeys = ({ principal }: StaffCaller, { target, asset, amount }: BookingOrder): readonly Key[] => [
  keyOf('STAFF', sha256(nameIn(principal)), asset),
  ...(amount > 0n ? [keyOf('USER', target.userId, asset)] : []),
];

/** A sum as it was read. */
export interface AloneSum {
  readonly key: Key;
  /** `undefined` where nothing was ever booked. */
  readonly seen: Alone | undefined;
}

export const parseAlone = (key: Key, item: Item | undefined): AloneSum => ({
  key,
  seen: item && aloneItem.parse(item),
});

const HOURS_KEPT = DAY / HOUR;

const absolute = (amount: Units): Units => (amount < 0n ? -amount : amount);

/** The sum as it is in that hour: without the hours that were over a day before it began. */
const inHour = (seen: Alone, hour: number): Alone => {
  if (seen.hour >= hour) return seen;
  const hours = Object.entries(seen.hours).filter(([one]) => Number(one) >= hour - HOURS_KEPT);
  return { hour, used: hours.reduce((sum, [, amount]) => sum + amount, 0n), hours: Object.fromEntries(hours) };
};

const hourAt = (now: number): number => Math.floor(now / HOUR);

/** Whether a booking would make any of the sums more than one person can book alone. */
export const isTooMuch = (sums: readonly AloneSum[], amount: Units, limit: Units, now: number): boolean =>
  sums.some(({ seen }) => (seen ? inHour(seen, hourAt(now)).used : 0n) + absolute(amount) > limit);

const change = (
  table: TableWith<'put' | 'update'>,
  { key, seen }: AloneSum,
  added: Units,
  limit: Units,
  now: number,
): Write => {
  const hour = hourAt(now);
  if (seen && seen.hour >= hour) {
    return table.update(key, {
      update: 'SET used = used + :added, hours.#newest = if_not_exists(hours.#newest, :zero) + :added',
      // Its hour is the newest one, of whichever machine: clocks differ a little.
      condition: '#hour = :hour AND used <= :most',
      names: { '#hour': 'hour', '#newest': String(seen.hour) },
      values: { ':hour': seen.hour, ':added': added, ':zero': 0, ':most': limit - added },
    });
  }
  const { used, hours } = seen ? inHour(seen, hour) : { used: 0n, hours: {} };
  const next = { hour, used: used + added, hours: { ...hours, [hour]: added } };
  return table.put(
    { ...key, ...next, ttl: timeToLive((hour + 1) * HOUR + DAY + HOUR) },
    seen
      ? {
          condition: '#hour = :seenHour AND used = :seenUsed',
          names: { '#hour': 'hour' },
          values: { ':seenHour': seen.hour, ':seenUsed': seen.used },
        }
      : ABSENT,
  );
};

/** Adds what one person books alone to each sum; refused where a sum would be more than the limit, or has turned an hour. */
export const addAlone = (
  table: TableWith<'put' | 'update'>,
  sums: readonly AloneSum[],
  amount: Units,
  limit: Units,
  now: number,
): readonly Write[] => sums.map((sum) => change(table, sum, absolute(amount), limit, now));
