import { Big } from 'big.js';
import { type PriceName, PRICES } from './prices.ts';

/** What the parts of a bill are called. */
export const PARTS = ['gateway', 'lambda', 'dynamodb', 'kms', 's3', 'mail', 'text', 'logs', 'fixed'] as const;

export type Part = (typeof PARTS)[number];

/** US dollars by part; a part that is not there is nothing. */
export type Bill = ReadonlyMap<Part, Big>;

/** What so many of a unit cost, exactly. */
export const costOf = (name: PriceName, units: Big | number | string): Big => {
  const { dollars, per } = PRICES[name];
  return new Big(dollars).times(units).div(per);
};

export const sumOf = (...amounts: readonly Big[]): Big => amounts.reduce((sum, one) => sum.plus(one), new Big(0));

/** The sum of bills, part by part. */
export const together = (...bills: readonly Bill[]): Bill =>
  new Map(PARTS.map((part) => [part, sumOf(...bills.map((bill) => bill.get(part) ?? new Big(0)))]));

/** So many times a bill. */
export const times = (bill: Bill, factor: Big | number | string): Bill =>
  new Map([...bill].map(([part, amount]) => [part, amount.times(factor)]));

export const totalOf = (bill: Bill): Big => sumOf(...bill.values());
