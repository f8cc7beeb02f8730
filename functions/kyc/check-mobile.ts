import { checkMobile } from '../../shared/contracts/endpoints/kyc/check-mobile.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { checkMobileNumber } from '../../shared/kyc/mobile-check.ts';
import { fingerprintsService } from '../../shared/platform/fingerprints-service.ts';

/** `POST /v1/kyc/check_mobile` */
export const handler = endpointHandler(
  checkMobile,
  (platform) =>
    async ({ caller, body, admitted }) =>
      checkMobileNumber(platform, body, { callerId: caller?.user.userId, admitted }),
  { fingerprints: fingerprintsService },
);
