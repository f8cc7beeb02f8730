import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { apiKeyName, SAMPLE_API_KEY } from './api-key-fields.ts';

export const deleteApiKey = defineEndpoint({
  id: 'account.delete-api-key',
  chapter: '10.2',
  method: 'DELETE',
  path: '/v1/user/api_keys',
  summary: 'Revoke an API key for good',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  query: z.object({ apiKey: apiKeyName }),
  data: z.null(),
  ownCodes: factorCodes,
  codes: ['TWO_FACTOR_NOT_BOUND', 'REAUTHENTICATION_REQUIRED', 'NOT_FOUND'],
  successMessage: 'Success',
  uses: { users: ['update', 'delete'] },
  example: { query: { apiKey: SAMPLE_API_KEY.apiKey }, data: null },
});
