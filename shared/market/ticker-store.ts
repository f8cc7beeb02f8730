import * as z from 'zod/mini';
import { BASE_ASSETS, type BaseAsset } from '../contracts/assets.ts';
import { DAY, HOUR, timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';

/** How far back the change of a price looks, and how much longer its history is kept. */
const CHANGE_WINDOW = DAY;
const HISTORY = CHANGE_WINDOW + 2 * HOUR;

const tickerItem = z.object({
  base: z.enum(BASE_ASSETS),
  /** In TWD, a plain decimal. */
  lastPrice: z.string(),
  changePercent: z.number(),
  updatedAt: z.int(),
});

export type Ticker = Readonly<z.output<typeof tickerItem>>;

const priceItem = z.object({ price: z.string() });

const TICKERS = 'TICKER';
const BASE = 'BASE#';

/** Sorts by time as text. */
const timeKey = (at: number): string => `AT#${String(at).padStart(13, '0')}`;

/** Every known ticker; assets without a price yet are missing. */
export const readTickers = async (table: TableWith<'query'>): Promise<readonly Ticker[]> => {
  const items = await table.query({ partition: TICKERS, sortPrefix: BASE, limit: BASE_ASSETS.length });
  return items.map((item) => tickerItem.parse(item));
};

/** The price a day ago, or the oldest one within the day; `undefined` where there is none. */
export const priceADayAgo = async (
  table: TableWith<'query'>,
  base: BaseAsset,
  now: number,
): Promise<string | undefined> => {
  const from = timeKey(now - CHANGE_WINDOW);
  const query = { partition: `PRICE#${base}`, sortPrefix: 'AT#', sortFrom: from, limit: 1 };
  const [oldest] = await table.query(query);
  return oldest && priceItem.parse(oldest).price;
};

/** Describes a new price: the ticker, never replaced by an older one, and a point of its history. */
export const newPrice = (table: TableWith<'put'>, ticker: Ticker): readonly Write[] => {
  const { base, updatedAt, lastPrice, changePercent } = ticker;
  return [
    table.put(
      { pk: TICKERS, sk: `${BASE}${base}`, base, lastPrice, changePercent, updatedAt },
      { condition: 'attribute_not_exists(pk) OR updatedAt < :at', values: { ':at': updatedAt } },
    ),
    table.put({
      pk: `PRICE#${base}`,
      sk: timeKey(updatedAt),
      price: lastPrice,
      ttl: timeToLive(updatedAt + HISTORY),
    }),
  ];
};
