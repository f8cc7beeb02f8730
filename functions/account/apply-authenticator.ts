import { applyAuthenticator } from '../../shared/contracts/endpoints/account/apply-authenticator.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { applyForFactor } from '../../shared/identity/factor/binding.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `GET /v1/user/apply_google_device_authenticator` */
export const handler = endpointHandler(
  applyAuthenticator,
  (platform) =>
    async ({ caller }) =>
      applyForFactor(platform, caller),
  { secrets: secretsService },
);
