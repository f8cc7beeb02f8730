import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

export const time = defineEndpoint({
  id: 'service.time',
  chapter: '10.1',
  method: 'GET',
  path: '/v1/time',
  summary: "Get the server's clock in epoch milliseconds",
  auth: 'none',
  apiKey: false,
  rate: 'public',
  data: z.int().check(z.minimum(0)),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: 1624415325469 },
});
