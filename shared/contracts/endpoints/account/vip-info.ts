import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { ExactNumber, exactNumber } from '../../exact-number.ts';

export const vipInfo = defineEndpoint({
  id: 'account.vip-info',
  chapter: '4.3',
  method: 'GET',
  path: '/v1/user/vip_info',
  summary: 'Tell whether the user is VIP, and the spread in percent',
  auth: 'session',
  apiKey: 'read',
  rate: 'query',
  data: z.object({ isVIP: z.boolean(), spread: exactNumber }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: { isVIP: false, spread: new ExactNumber('0.1') } },
});
