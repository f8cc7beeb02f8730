import { applyVerificationCode } from '../../shared/contracts/endpoints/auth.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { sendMailCode } from '../../shared/identity/verification.ts';

/** `POST /v1/apply_verification_code` */
export const handler = endpointHandler(
  applyVerificationCode,
  (platform) =>
    async ({ body, caller, locale, admitted }) =>
      sendMailCode(platform, body, { callerId: caller?.user.userId, locale, admitted }),
);
