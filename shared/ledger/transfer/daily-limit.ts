import * as z from 'zod/mini';
import type { AssetName } from '../../contracts/assets.ts';
import { DAY, timeToLive } from '../../platform/clock.ts';
import type { TableWith } from '../../platform/platform.ts';
import type { Item, Key, Write } from '../../platform/writes.ts';
import { ledgerPartition } from '../account.ts';
import { dayOf, hourOf } from '../history/hours.ts';
import { type Units, units } from '../units.ts';

/** What one user sent of an asset in one day of Asia/Taipei; what came back is taken off again. */
export interface Spending {
  readonly userId: string;
  readonly asset: AssetName;
  /** Epoch milliseconds, of the day. */
  readonly at: number;
  readonly amount: Units;
}

/** Far longer than any transfer is open. */
const KEPT = 31 * DAY;

const keyOf = ({ userId, asset, at }: Omit<Spending, 'amount'>): Key => ({
  pk: ledgerPartition(userId),
  sk: `SPENT#${dayOf(hourOf(at))}#${asset}`,
});

const change = (table: TableWith<'update'>, spending: Spending, added: Units, most?: Units): Write =>
  table.update(keyOf(spending), {
    update: 'SET used = if_not_exists(used, :zero) + :added, #ttl = :ttl',
    names: { '#ttl': 'ttl' },
    // What is more than the whole limit is refused whatever was used: nothing used is below zero.
    ...(most !== undefined && {
      condition: most < 0n ? 'used <= :most' : 'attribute_not_exists(used) OR used <= :most',
    }),
    values: {
      ':zero': 0,
      ':added': added,
      ':ttl': timeToLive(spending.at + KEPT),
      ...(most !== undefined && { ':most': most }),
    },
  });

/** Counts what is sent; refused when that is more than is left of the limit. Without a limit nothing is refused. */
export const spendOfDay = (table: TableWith<'update'>, spending: Spending, limit: Units | undefined): Write =>
  change(table, spending, spending.amount, limit === undefined ? undefined : limit - spending.amount);

/** Takes off what came back, on the day that it was sent. */
export const giveBackToDay = (table: TableWith<'update'>, spending: Spending): Write =>
  change(table, spending, -spending.amount);

const spentItem = z.object({ used: units });

/** What is left of a limit, by the day's item. */
export const leftOfDay = (item: Item | undefined, limit: Units): Units => {
  const left = limit - (item ? spentItem.parse(item).used : 0n);
  return left > 0n ? left : 0n;
};
