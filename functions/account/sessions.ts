import { sessions } from '../../shared/contracts/endpoints/account/sessions.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { openSessions } from '../../shared/identity/sessions.ts';

/** `GET /v1/user/sessions` */
export const handler = endpointHandler(sessions, ({ tables, clock }) => async ({ caller }) => ({
  ok: true,
  data: await openSessions(tables.users, caller, clock.now()),
}));
