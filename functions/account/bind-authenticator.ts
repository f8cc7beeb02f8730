import { bindAuthenticator } from '../../shared/contracts/endpoints/account/bind-authenticator.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { bindFactor } from '../../shared/identity/factor/binding.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/user/bind_google_device_authenticator` */
export const handler = endpointHandler(
  bindAuthenticator,
  (platform) =>
    async ({ caller, body, origin, locale }) =>
      bindFactor(platform, caller, body, { origin, locale }),
  { secrets: secretsService },
);
