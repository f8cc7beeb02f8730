import { bankCodes } from '../../shared/contracts/endpoints/finance/bank-codes.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { listBanks } from '../../shared/kyc/bank-store.ts';

/** `GET /v1/finance/bank_codes` */
export const handler = endpointHandler(bankCodes, ({ tables }) => async () => ({
  ok: true,
  data: [...(await listBanks(tables.kyc))],
}));
