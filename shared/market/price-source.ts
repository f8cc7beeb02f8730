import { Big } from 'big.js';
import * as z from 'zod/mini';
import { BASE_ASSETS, type BaseAsset } from '../contracts/assets.ts';
import { HOUR, SECOND } from '../platform/clock.ts';

/** Prices in TWD as plain decimals, of the assets that the source knows. */
export type Prices = Partial<Record<BaseAsset, string>>;

export type PriceSource = (now: number) => Promise<Prices>;

/** A source answered something that cannot be used. Says what, never the whole answer. */
export class PriceSourceError extends Error {
  override readonly name = 'PriceSourceError';
}

const TIMEOUT_MS = 5 * SECOND;
/** Far more than a list of every asset there is. */
const LARGEST_ANSWER = 1_000_000;

/** Digits after the point that prices are kept with. */
const DECIMALS = 8;

const PLAIN = /^\d{1,15}(?:\.\d{1,18})?$/;

const answer = z.array(z.object({ base: z.string(), price: z.string().check(z.regex(PLAIN)) }));

const isBase = (name: string): name is BaseAsset => BASE_ASSETS.some((base) => base === name);

/** Number literals become strings by their source text, so that no price is ever a double. */
const parseExactly = (text: string): unknown =>
  JSON.parse(text, function keepDigits(this: unknown, _key, value: unknown, context?: { source?: string }) {
    return typeof value === 'number' ? (context?.source ?? String(value)) : value;
  });

const readPrices = (text: string): Prices => {
  const parsed = answer.safeParse(parseExactly(text));
  if (!parsed.success)
    throw new PriceSourceError('The price source must answer [{"base":"BTC","price":"2750000.5"},…].');
  const rounded = parsed.data.map(({ base, price }) => ({ base, price: new Big(price).round(DECIMALS) }));
  const known = rounded.filter(({ base, price }) => isBase(base) && price.gt(0));
  if (known.length === 0) throw new PriceSourceError('The price source names no asset that is known here.');
  return Object.fromEntries(known.map(({ base, price }) => [base, price.toFixed()]));
};

/** Reads prices over HTTP: a JSON array of `{base, price}`, prices in TWD as numbers or decimal strings. */
export const httpPriceSource =
  (url: string): PriceSource =>
  async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new PriceSourceError(`The price source answered with HTTP status ${response.status}.`);
    const text = await response.text();
    if (text.length > LARGEST_ANSWER) throw new PriceSourceError('The price source answered more than 1 MB.');
    return readPrices(text);
  };

/** Around what each simulated price moves, in TWD. */
const SIMULATED: Readonly<Record<BaseAsset, string>> = { USDT: '32', BTC: '2750000', ETH: '95000', USD: '31.8' };

/** Prices that swing by two percent in six hours, each asset in a phase of its own: for machines without a market. */
export const simulatedPriceSource: PriceSource = (now) => {
  const prices = BASE_ASSETS.map((base, index) => {
    const swing = Math.round(20_000 * Math.sin((2 * Math.PI * now) / (6 * HOUR) + index));
    return [
      base,
      new Big(SIMULATED[base])
        .times(1_000_000 + swing)
        .div(1_000_000)
        .round(DECIMALS)
        .toFixed(),
    ] as const;
  });
  return Promise.resolve(Object.fromEntries(prices));
};

/** The source that a stage names: `simulated`, or an address. */
export const priceSourceOf = (setting: string): PriceSource =>
  setting === 'simulated' ? simulatedPriceSource : httpPriceSource(setting);
