import { walletOperation } from '../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { onceByKey } from '../../shared/http/idempotency.ts';
import { createOperations, dispatch } from '../../shared/ledger/operations/dispatch.ts';
import { readTickers } from '../../shared/market/ticker-store.ts';

/** `POST /v1/capital/wallet/operation` */
export const handler = keyedEndpointHandler(
  walletOperation,
  (platform) => {
    const operate = dispatch(createOperations(platform, () => readTickers(platform.tables.market)));
    return async ({ caller, body, origin, locale, idempotency: { record } }) =>
      operate({ caller, body, setting: { origin, locale }, record });
  },
  { once: onceByKey },
);
