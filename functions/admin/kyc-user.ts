import { staffKycUser } from '../../shared/contracts/staff/kyc-user.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';
import { signingBucketService } from '../../shared/platform/signing-bucket-service.ts';
import { viewKycUser } from '../../shared/staff/kyc-user.ts';

/** `GET /admin/v1/kyc/users/{username}` */
export const handler = endpointHandler(
  staffKycUser,
  (platform) =>
    async ({ staff, params }) =>
      viewKycUser(platform, staff, params.username),
  { secrets: secretsService, buckets: signingBucketService },
);
