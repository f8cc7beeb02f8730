import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** What every endpoint of this file has in common. */
const service = { chapter: '10.1', method: 'GET', auth: 'none', apiKey: false, rate: 'public' } as const;

export const time = defineEndpoint({
  ...service,
  id: 'service.time',
  path: '/v1/time',
  summary: "Get the server's clock in epoch milliseconds",
  data: z.int().min(0),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: 1624415325469 },
});

export const health = defineEndpoint({
  ...service,
  id: 'service.health',
  path: '/v1/health',
  summary: 'Tell that gateway and functions answer',
  data: z.object({ status: z.literal('ok') }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: { status: 'ok' } },
});

export const openapi = defineEndpoint({
  ...service,
  id: 'service.openapi',
  path: '/v1/openapi.json',
  summary: 'Get this document',
  response: 'document',
  cacheSeconds: 300,
  data: z.looseObject({ openapi: z.literal('3.1.0') }),
  codes: [],
  successMessage: null,
  uses: {},
  example: { data: { openapi: '3.1.0' } },
});
