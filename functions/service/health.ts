import { health } from '../../shared/contracts/endpoints/service/health.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';

/** `GET /v1/health` */
export const handler = endpointHandler(health, () => () => ({ ok: true, data: { status: 'ok' as const } }));
