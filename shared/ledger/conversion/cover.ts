import type { AssetName } from '../../contracts/assets.ts';
import type { Units } from '../units.ts';
import { type Conversion, convertPaid, convertReceived, type Rate } from './conversion.ts';
import type { Holding } from './valuation.ts';

/** Where a payment may be taken from. */
export interface Source {
  readonly asset: AssetName;
  /** The most to take, in units of the asset; without it all there is. */
  readonly most?: Units | undefined;
  /** The most to take in units of the asset that is owed; without it all that is owed. */
  readonly mostReceived?: Units | undefined;
}

export type Cover =
  | { readonly kind: 'covered'; readonly parts: readonly Conversion[] }
  | { readonly kind: 'short' }
  | { readonly kind: 'unpriced'; readonly asset: AssetName };

/** At what an asset is converted to the one that is owed; where it cannot be, which price is missing. */
export type RateFor = (from: AssetName) => { readonly rate: Rate } | { readonly unpriced: AssetName };

const least = (amount: Units, most: Units | undefined): Units => (most !== undefined && most < amount ? most : amount);

/** Converts as much of what is usable as brings what is wanted, or all of it. */
const takeFrom = (
  usable: Holding,
  wanted: Holding,
  rateFor: RateFor,
): Conversion | { readonly unpriced: AssetName } => {
  if (usable.asset === wanted.asset) {
    const amount = least(usable.amount, wanted.amount);
    return { from: usable.asset, to: wanted.asset, paid: amount, received: amount, spread: 0n };
  }
  const found = rateFor(usable.asset);
  if ('unpriced' in found) return found;
  const { rate } = found;
  return convertReceived(rate, least(convertPaid(rate, usable.amount).received, wanted.amount));
};

/**
 * Takes what is owed from the sources in their order, from each as much as it may give. Of no source more is taken than
 * what it brings costs, so nobody pays for the rest of a unit.
 *
 * @param holdings what there is; a missing asset is none.
 * @returns the parts that pay anything.
 */
export const cover = (
  owed: Holding,
  sources: readonly Source[],
  holdings: ReadonlyMap<AssetName, Units>,
  rateFor: RateFor,
): Cover => {
  const left = new Map(holdings);
  const parts: Conversion[] = [];
  let open = owed.amount;
  for (const { asset, most, mostReceived } of sources) {
    const there = left.get(asset) ?? 0n;
    const usable = least(there, most);
    if (usable <= 0n || open === 0n) continue;
    const part = takeFrom({ asset, amount: usable }, { asset: owed.asset, amount: least(open, mostReceived) }, rateFor);
    if ('unpriced' in part) return { kind: 'unpriced', asset: part.unpriced };
    if (part.received === 0n) continue;
    left.set(asset, there - part.paid);
    open -= part.received;
    parts.push(part);
  }
  return open === 0n ? { kind: 'covered', parts } : { kind: 'short' };
};
