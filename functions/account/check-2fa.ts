import { check2fa } from '../../shared/contracts/endpoints/account/check-2fa.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { createSecondLogin } from '../../shared/identity/second-login.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/user/check/2FA` */
export const handler = endpointHandler(
  check2fa,
  (platform) => {
    const complete = createSecondLogin(platform);
    return async ({ caller, body, origin, locale }) => complete(caller, body, { origin, locale });
  },
  { secrets: secretsService },
);
