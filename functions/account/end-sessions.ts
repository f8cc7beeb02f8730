import { endSessions } from '../../shared/contracts/endpoints/account/end-sessions.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { endUserSessions } from '../../shared/identity/sessions.ts';

/** `DELETE /v1/user/sessions` */
export const handler = endpointHandler(
  endSessions,
  (platform) =>
    async ({ caller, query }) =>
      endUserSessions(platform, caller, query),
);
