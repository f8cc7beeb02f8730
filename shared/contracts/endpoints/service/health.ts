import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

export const health = defineEndpoint({
  id: 'service.health',
  chapter: '10.1',
  method: 'GET',
  path: '/v1/health',
  summary: 'Tell that gateway and functions answer',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  inMaintenance: true,
  data: z.object({ status: z.literal('ok') }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: { status: 'ok' } },
});
