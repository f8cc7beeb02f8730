import { applyVerificationCode } from '../../shared/contracts/endpoints/auth/apply-verification-code.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { mailService } from '../../shared/platform/mail-service.ts';
import { textService } from '../../shared/platform/text-service.ts';
import { sendVerificationCode } from '../../shared/identity/code-sending.ts';

/** `POST /v1/apply_verification_code` */
export const handler = endpointHandler(
  applyVerificationCode,
  (platform) =>
    async ({ body, caller, locale, origin, admitted }) =>
      sendVerificationCode(platform, body, { callerId: caller?.user.userId, ip: origin.ip, locale, admitted }),
  { mail: mailService, sms: textService },
);
