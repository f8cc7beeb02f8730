import { staffBanksPart } from '../../shared/contracts/staff/banks-part.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { storeBanks } from '../../shared/staff/banks.ts';

/** `PUT /admin/v1/banks/imports/{importId}` */
export const handler = endpointHandler(
  staffBanksPart,
  (platform) =>
    async ({ staff, params, body }) =>
      storeBanks(platform, staff, params.importId, body),
);
