import { staffKycDecision } from '../../shared/contracts/staff/kyc-decision.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';
import { decideKyc } from '../../shared/staff/kyc-decision.ts';

/** `POST /admin/v1/kyc/users/{username}/decision` */
export const handler = endpointHandler(
  staffKycDecision,
  (platform) =>
    async ({ staff, params, body }) =>
      decideKyc(platform, staff, params.username, body),
  { secrets: secretsService },
);
