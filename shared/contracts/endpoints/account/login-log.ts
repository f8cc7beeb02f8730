import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { pageNumber, pageSize } from '../../paging.ts';
import { operationCode } from '../../states.ts';

export const loginLog = defineEndpoint({
  id: 'account.login-log',
  chapter: '4.12',
  method: 'GET',
  path: '/v1/user/login_log',
  summary: 'Get the history of logins and other security events, newest first; the newest 10,000 can be paged through',
  auth: 'session',
  apiKey: 'read',
  rate: 'query',
  query: z.object({ pageSize, pageNum: pageNumber }),
  data: z.object({
    dataList: z.array(
      z.object({
        area: z.string(),
        browser: z.string(),
        city: z.null(),
        ip: z.string(),
        logTime: z.int(),
        operationCode,
        os: z.string(),
      }),
    ),
  }),
  codes: [],
  successMessage: 'Success',
  uses: { users: ['query'] },
  example: {
    query: { pageSize: 10, pageNum: 1 },
    data: {
      dataList: [
        {
          area: '-',
          browser: 'Chrome 91.0.4472.114',
          city: null,
          ip: '10.1.10.109',
          logTime: 1624419855823,
          operationCode: 1001,
          os: 'Windows 10',
        },
      ],
    },
  },
});
