import document from '../../docs/openapi.json' with { type: 'json' };
import { openapi } from '../../shared/contracts/endpoints/service/openapi.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';

/** `GET /v1/openapi.json` */
export const handler = endpointHandler(openapi, () => () => ({
  ok: true,
  data: { ...document, openapi: '3.1.0' as const },
}));
