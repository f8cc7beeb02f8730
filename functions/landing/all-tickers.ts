import { BASE_ASSETS, QUOTE_ASSET } from '../../shared/contracts/assets.ts';
import { allTickers } from '../../shared/contracts/endpoints/landing/all-tickers.ts';
import { ExactNumber } from '../../shared/contracts/exact-number.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { readTickers } from '../../shared/market/ticker-store.ts';

/** `GET /v1/allTickers` */
export const handler = endpointHandler(allTickers, ({ tables }) => async () => {
  const known = new Map((await readTickers(tables.market)).map((ticker) => [ticker.base, ticker]));
  const data = BASE_ASSETS.map((base) => {
    const ticker = known.get(base);
    return {
      baseCurrency: base,
      quoteCurrency: QUOTE_ASSET,
      changePricePercent: ticker?.changePercent ?? 0,
      lastPrice: ticker ? new ExactNumber(ticker.lastPrice) : null,
    };
  });
  return { ok: true, data };
});
