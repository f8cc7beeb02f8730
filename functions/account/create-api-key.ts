import { createApiKey } from '../../shared/contracts/endpoints/account/create-api-key.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { makeApiKey } from '../../shared/identity/api-key/creation.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';

/** `POST /v1/user/api_keys` */
export const handler = endpointHandler(
  createApiKey,
  (platform) =>
    async ({ caller, body, locale }) =>
      makeApiKey(platform, caller, body, locale),
  { secrets: secretsService },
);
