import type { BaseAsset } from '../contracts/assets.ts';
import type { staffTicker } from '../contracts/staff/tickers.ts';
import { changePercent } from '../market/price-feed.ts';
import { newPrice, priceADayAgo, readTickers } from '../market/ticker-store.ts';
import type { Platform } from '../platform/platform.ts';
import { newAuditRecord } from './audit-record.ts';
import { appendRecord } from './audit-store.ts';
import type { StaffCaller } from './staff-caller.ts';

/** Sets the price of an asset, with its audit record. Refused where a newer one came meanwhile. */
export const setTicker = async (
  platform: Platform<(typeof staffTicker)['uses']>,
  staff: StaffCaller,
  base: BaseAsset,
  lastPrice: string,
) => {
  const { tables, clock, commit } = platform;
  const now = clock.now();
  const [tickers, dayAgo] = await Promise.all([readTickers(tables.market), priceADayAgo(tables.market, base, now)]);
  const present = tickers.find((ticker) => ticker.base === base);
  const states = {
    before: { asset: base, lastPrice: present?.lastPrice ?? null },
    after: { asset: base, lastPrice },
  };
  const record = newAuditRecord(platform, staff, { action: 'ticker.set', ...states });
  const ticker = { base, lastPrice, changePercent: changePercent(dayAgo, lastPrice), updatedAt: now };
  const { committed } = await commit([...newPrice(tables.market, ticker), ...appendRecord(tables.audit, record)]);
  return committed ? ({ ok: true, data: null } as const) : ({ ok: false, code: 'UPDATE_FAILED' } as const);
};
