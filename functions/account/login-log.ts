import { loginLog } from '../../shared/contracts/endpoints/account/login-log.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { readLog } from '../../shared/identity/login-log.ts';
import { clientOf } from '../../shared/identity/user-agent.ts';

/** `GET /v1/user/login_log` */
export const handler = keyedEndpointHandler(loginLog, ({ tables }) => async ({ caller, query }) => {
  const events = await readLog(tables.users, caller.user.userId, query);
  const dataList = events.map(({ userAgent, area, ip, logTime, operationCode }) => {
    const { browser, os } = clientOf(userAgent);
    return { area, browser, city: null, ip, logTime, operationCode, os };
  });
  return { ok: true, data: { dataList } };
});
