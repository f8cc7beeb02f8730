import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { freezeCode } from '../../fields.ts';

export const freeze = defineEndpoint({
  id: 'account.freeze',
  chapter: '10.6',
  method: 'POST',
  path: '/v1/user/freeze',
  summary: 'Lock the account and end every session, with the code of a mail',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  query: z.object({ code: freezeCode }),
  data: z.string(),
  response: 'page',
  ownCodes: credentialCodes,
  codes: ['LINK_INVALID', 'UPDATE_FAILED'],
  successMessage: null,
  uses: { users: ['get', 'put', 'update'], outbox: ['put'] },
  example: { query: { code: 'u9f4kq2xJ0sYV7mCz3nTbA1LrWdEoPhG5iNvQy6ZtRc' }, data: '<!doctype html>' },
});
