import { reauthenticate } from '../../shared/contracts/endpoints/account/reauthenticate.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { reauthenticateSession } from '../../shared/identity/factor/reauthentication.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/user/reauthenticate_with_credential` */
export const handler = endpointHandler(
  reauthenticate,
  (platform) =>
    async ({ caller, body, origin, locale }) =>
      reauthenticateSession(platform, caller, body, { origin, locale }),
  { secrets: secretsService },
);
