import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { freezeCode } from '../../fields.ts';

export const freezePage = defineEndpoint({
  id: 'account.freeze-page',
  chapter: '10.6',
  method: 'GET',
  path: '/v1/user/freeze',
  summary: 'The page behind "this was not me" in a mail: a button that locks the account. Fetching it changes nothing',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  query: z.object({ code: freezeCode }),
  data: z.string(),
  response: 'page',
  codes: [],
  successMessage: null,
  uses: {},
  example: { query: { code: 'u9f4kq2xJ0sYV7mCz3nTbA1LrWdEoPhG5iNvQy6ZtRc' }, data: '<!doctype html>' },
});
