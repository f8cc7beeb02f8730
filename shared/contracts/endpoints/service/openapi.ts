import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

export const openapi = defineEndpoint({
  id: 'service.openapi',
  chapter: '10.1',
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'Get this document',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  response: 'document',
  cacheSeconds: 300,
  data: z.looseObject({ openapi: z.literal('3.1.0') }),
  codes: [],
  successMessage: null,
  uses: {},
  example: { data: { openapi: '3.1.0' } },
});
