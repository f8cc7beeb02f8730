import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../contracts/assets.ts';
import { ExactNumber } from '../contracts/exact-number.ts';

/** An amount in the smallest unit of its asset: 1.5 TWD are 150. Integers, so that no sum is ever rounded. */
export type Units = bigint;

/** Digits that a number of the store keeps exactly; more would be refused by it. */
const STORED_DIGITS = 38;

/** The most that a balance can be. */
export const MOST_UNITS: Units = 10n ** BigInt(STORED_DIGITS) - 1n;

/** An amount as it was read: the store's client gives what is small enough as a number, the rest as a bigint. */
export const units = z.pipe(
  z.union([z.int(), z.bigint()]),
  z.transform((stored: number | bigint): Units => BigInt(stored)),
);

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a plain decimal, without exponent. Zeros at the end are no decimals.
 *
 * @returns `undefined` when the text is none, has more decimals than the asset, or is more than can be stored.
 */
export const parseUnits = (asset: AssetName, text: string): Units | undefined => {
  const [, sign, whole, fraction = ''] = PLAIN.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const { decimals } = ASSETS[asset];
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) return undefined;
  const size = BigInt(whole + significant.padEnd(decimals, '0'));
  if (size > MOST_UNITS) return undefined;
  return sign === '-' ? -size : size;
};

/** The amount as a plain decimal without zeros at the end: 150 units of TWD are `1.5`. */
export const formatUnits = (asset: AssetName, amount: Units): string => {
  const { decimals } = ASSETS[asset];
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const whole = digits.slice(0, -decimals);
  return `${amount < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
};

/** The amount as it is answered. */
export const exactUnits = (asset: AssetName, amount: Units): ExactNumber => new ExactNumber(formatUnits(asset, amount));
