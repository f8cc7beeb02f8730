import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';

const SAMPLE_CODE = 'K7QM-ZC2A-5XVB-J3TD-WN4E-RH6P';

export const recoveryCodes = defineEndpoint({
  id: 'account.recovery-codes',
  chapter: '10.3',
  method: 'POST',
  path: '/v1/user/recovery_codes',
  summary: 'Get ten one-time codes that stand in for the authenticator; shown once, they replace those before',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  readsFactor: true,
  data: z.object({ codes: z.array(z.string()) }),
  ownCodes: factorCodes,
  codes: ['TWO_FACTOR_NOT_BOUND', 'REAUTHENTICATION_REQUIRED'],
  successMessage: 'Success',
  uses: { users: ['update'] },
  example: { data: { codes: [SAMPLE_CODE] } },
});
