import { deleteApiKey } from '../../shared/contracts/endpoints/account/delete-api-key.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { revokeApiKey } from '../../shared/identity/api-key/own-keys.ts';

/** `DELETE /v1/user/api_keys` */
export const handler = endpointHandler(
  deleteApiKey,
  (platform) =>
    async ({ caller, query }) =>
      revokeApiKey(platform, caller, query),
);
