import { time } from '../../shared/contracts/endpoints/service/time.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';

/** `GET /v1/time` */
export const handler = endpointHandler(time, ({ clock }) => () => ({ ok: true, data: clock.now() }));
