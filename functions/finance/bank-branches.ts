import { bankBranches } from '../../shared/contracts/endpoints/finance/bank-branches.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { viewBranches } from '../../shared/kyc/bank-view.ts';

/** `GET /v1/finance/bank_branches` */
export const handler = endpointHandler(
  bankBranches,
  (platform) =>
    async ({ query, locale }) =>
      viewBranches(platform, query, locale),
);
