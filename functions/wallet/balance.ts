import { balance } from '../../shared/contracts/endpoints/wallet/balance.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { viewOfBalances } from '../../shared/ledger/balance-view.ts';
import { readBalances } from '../../shared/ledger/balances.ts';
import { tryReading } from '../../shared/ledger/try-reading.ts';
import { readTickers } from '../../shared/market/ticker-store.ts';

/** `GET /v1/wallet/balance` */
export const handler = keyedEndpointHandler(balance, ({ tables, log }) => async ({ caller, query }) => {
  const read = await tryReading(log, () =>
    Promise.all([readBalances(tables.ledger, caller.user.userId), readTickers(tables.market)]),
  );
  if (!read) return { ok: false, code: 'BALANCE_UNAVAILABLE' };
  const [balances, tickers] = read;
  return { ok: true, data: viewOfBalances(balances, tickers, query.currency) };
});
