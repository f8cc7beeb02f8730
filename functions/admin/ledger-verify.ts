import { staffLedgerVerify } from '../../shared/contracts/staff/ledger-verify.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { showVerified } from '../../shared/staff/ledger-verify.ts';

/** `GET /admin/v1/ledger/verify` */
export const handler = endpointHandler(
  staffLedgerVerify,
  (platform) =>
    async ({ staff, query, locale }) =>
      showVerified(platform, staff, { query, locale }),
);
