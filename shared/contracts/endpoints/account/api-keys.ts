import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { apiKeyTerms, SAMPLE_API_KEY } from './api-key-fields.ts';

export const apiKeys = defineEndpoint({
  id: 'account.api-keys',
  chapter: '10.2',
  method: 'GET',
  path: '/v1/user/api_keys',
  summary: 'List the API keys that live, the newest first, without their secrets',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  data: z.array(z.object({ ...apiKeyTerms, lastUsedAt: z.nullable(z.int()) })),
  ownCodes: factorCodes,
  codes: ['TWO_FACTOR_NOT_BOUND', 'REAUTHENTICATION_REQUIRED'],
  successMessage: 'Success',
  uses: { users: ['get', 'batchGet'] },
  example: { data: [{ ...SAMPLE_API_KEY, lastUsedAt: 1624419855823 }] },
});
