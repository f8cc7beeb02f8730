import * as z from 'zod/mini';
import { apiKeyCodes } from '../../codes/api-key.ts';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { apiKeyLabel, apiKeyScopes, apiKeyTerms, ipAllowlist, SAMPLE_API_KEY } from './api-key-fields.ts';

const { label, scopes, ipAllowlist: sampleAllowlist } = SAMPLE_API_KEY;

export const createApiKey = defineEndpoint({
  id: 'account.create-api-key',
  chapter: '10.2',
  method: 'POST',
  path: '/v1/user/api_keys',
  summary: 'Make an API key; its secret is shown this once, and it lives a year unless told otherwise',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({
    label: apiKeyLabel,
    scopes: apiKeyScopes,
    ipAllowlist: z.optional(ipAllowlist),
    expiresAt: z.optional(z.int()),
  }),
  data: z.object({ ...apiKeyTerms, secret: z.string() }),
  ownCodes: { ...apiKeyCodes, ...factorCodes },
  codes: [
    'INVALID_PARAMETER',
    'TWO_FACTOR_NOT_BOUND',
    'REAUTHENTICATION_REQUIRED',
    'API_KEYS_NOT_ALLOWED',
    'API_KEYS_HELD',
    'TOO_MANY_API_KEYS',
    'UPDATE_FAILED',
  ],
  successMessage: 'Success',
  uses: {
    users: ['get', 'put', 'update', 'delete', 'check'],
    outbox: ['put'],
    secrets: { apiSecret: ['encrypt'] },
  },
  example: {
    body: { label, scopes, ipAllowlist: sampleAllowlist },
    data: { ...SAMPLE_API_KEY, secret: '0c7b1f1c5e0ad7be3f8d6a6c9f2b4e57d10a3c88be5546f7921d4c6e0b8fa3d2' },
  },
});
