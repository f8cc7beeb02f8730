import { walletOperation } from '../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { createOperations, dispatch } from '../../shared/ledger/operations/dispatch.ts';
import { readTickers } from '../../shared/market/ticker-store.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/capital/wallet/operation` */
export const handler = endpointHandler(
  walletOperation,
  (platform) => {
    const operate = dispatch(createOperations(platform, () => readTickers(platform.tables.market)));
    return async ({ caller, body, origin, locale, idempotency: { record } }) =>
      operate({ caller, body, setting: { origin, locale }, record });
  },
  { secrets: secretsService },
);
