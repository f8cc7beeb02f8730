import { staffKycRelease } from '../../shared/contracts/staff/kyc-release.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { fingerprintsService } from '../../shared/platform/fingerprints-service.ts';
import { releaseNumber } from '../../shared/staff/kyc-release.ts';

/** `POST /admin/v1/kyc/users/{username}/release` */
export const handler = endpointHandler(
  staffKycRelease,
  (platform) =>
    async ({ staff, params, body, locale }) =>
      releaseNumber(platform, staff, params.username, { body, locale }),
  { fingerprints: fingerprintsService },
);
