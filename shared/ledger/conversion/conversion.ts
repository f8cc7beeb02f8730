import { type AssetName, QUOTE_ASSET } from '../../contracts/assets.ts';
import { type Account, available, house } from '../account.ts';
import type { Leg } from '../journal.ts';
import type { Units } from '../units.ts';
import { valueOfUnit } from './prices.ts';
import { ceiling, floor, minus, ONE, over, parseRatio, plus, type Ratio, times, whole } from './ratio.ts';

/** One asset of a conversion, and what one of it costs in TWD. */
export interface Priced {
  readonly asset: AssetName;
  readonly price: Ratio;
}

/** At what something is converted. The assets differ. */
export interface Rate {
  readonly from: Priced;
  readonly to: Priced;
  /** The house's part as a fraction, from zero to below one: 0.001 is a tenth of a percent. */
  readonly spread: Ratio;
}

/** What is paid, received and earned. Each amount in units of its asset. */
export interface Conversion {
  readonly from: AssetName;
  readonly to: AssetName;
  readonly paid: Units;
  readonly received: Units;
  /** What the house earns, in units of TWD. */
  readonly spread: Units;
}

/** A spread in percent, such as `0.1`, as a fraction. */
export const spreadOf = (percent: string): Ratio => over(parseRatio(percent), whole(100n));

/**
 * What is left of a value after the spread s, which is taken once: whoever sells for TWD is paid price × (1 − s), whoever
 * buys with TWD pays price × (1 + s), and of one asset for another, which goes through TWD, the first is sold with the
 * spread and the second bought without.
 */
export const keptOf = ({ from, spread }: Pick<Rate, 'from' | 'spread'>): Ratio =>
  from.asset === QUOTE_ASSET ? over(ONE, plus(ONE, spread)) : minus(ONE, spread);

/** Units of `to` that one unit of `from` brings, exactly: `value of from × kept ÷ value of to`. */
export const unitsPerUnit = (rate: Rate): Ratio =>
  over(times(valueOfUnit(rate.from.asset, rate.from.price), keptOf(rate)), valueOfUnit(rate.to.asset, rate.to.price));

/** The house's part of what is paid, rounded down: `paid × value of from × (1 − kept)`. */
const spreadIn = (rate: Rate, paid: Units): Units => {
  const value = times(whole(paid), valueOfUnit(rate.from.asset, rate.from.price));
  return floor(minus(value, times(value, keptOf(rate))));
};

const conversion = (rate: Rate, paid: Units, received: Units): Conversion => ({
  from: rate.from.asset,
  to: rate.to.asset,
  paid,
  received,
  spread: spreadIn(rate, paid),
});

/** Converts a given amount: `received = ⌊paid × rate⌋`, less than one unit below the exact value. It can be zero. */
export const convertPaid = (rate: Rate, paid: Units): Conversion =>
  conversion(rate, paid, floor(times(whole(paid), unitsPerUnit(rate))));

/** Converts to a wanted amount: `paid = ⌈received ÷ rate⌉`, less than one unit above the exact value. */
export const convertReceived = (rate: Rate, received: Units): Conversion =>
  conversion(rate, ceiling(over(whole(received), unitsPerUnit(rate))), received);

/**
 * The movement of a conversion: the user pays `clearing`, which pays who receives, and what the house earns goes from
 * `clearing` to `spread` in TWD. At the ticker's price `clearing` gives no more than it gets, so what rounding leaves over
 * stays there.
 *
 * @param to who receives; without it the user.
 */
export const conversionLegs = (
  userId: string,
  { from, to, paid, received, spread }: Conversion,
  receiver: Account = available(userId, to),
): readonly Leg[] => [
  { account: available(userId, from), amount: -paid },
  { account: house('clearing', from), amount: paid },
  { account: house('clearing', to), amount: -received },
  { account: receiver, amount: received },
  { account: house('clearing', QUOTE_ASSET), amount: -spread },
  { account: house('spread', QUOTE_ASSET), amount: spread },
];
