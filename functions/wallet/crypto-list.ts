import { cryptoList } from '../../shared/contracts/endpoints/wallet/crypto-list.ts';
import { CRYPTO_ASSETS } from '../../shared/contracts/networks.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';

/** `GET /v1/wallet/crypto_list` */
export const handler = endpointHandler(cryptoList, () => () => ({ ok: true, data: [...CRYPTO_ASSETS] }));
