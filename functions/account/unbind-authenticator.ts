import { unbindAuthenticator } from '../../shared/contracts/endpoints/account/unbind-authenticator.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { unbindFactor } from '../../shared/identity/factor/binding.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/user/unbind_google_device_authenticator` */
export const handler = endpointHandler(
  unbindAuthenticator,
  (platform) =>
    async ({ caller, body, origin, locale }) =>
      unbindFactor(platform, caller, body, { origin, locale }),
  { secrets: secretsService },
);
