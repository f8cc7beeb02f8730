import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { kycLevel, operationCode, pageNumber, pageSize, userStatus } from '../fields.ts';

export const loginStatus = defineEndpoint({
  id: 'account.login-status',
  chapter: '4.1',
  method: 'GET',
  path: '/v1/login_status',
  summary: 'Tell whether the caller is logged in',
  auth: 'optional',
  apiKey: false,
  rate: 'public',
  data: z.object({ isLogin: z.boolean() }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: { isLogin: false } },
});

export const user = defineEndpoint({
  id: 'account.user',
  chapter: '4.2',
  method: 'GET',
  path: '/v1/user',
  summary: 'Get the user: 2FA, KYC level and permissions',
  auth: 'session',
  apiKey: true,
  rate: 'query',
  data: z.object({
    username: z.string(),
    email: z.string(),
    is2FA: z.boolean(),
    isKyc: z.boolean(),
    userStatus,
    kycLevel,
    allowCryptoDeposit: z.boolean(),
    allowCryptoWithdrawal: z.boolean(),
    allowFiatDeposit: z.boolean(),
    allowFiatWithdrawal: z.boolean(),
    allowTrade: z.boolean(),
    allowTransfer: z.boolean(),
  }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: {
    data: {
      username: 'chiakai5',
      email: 'chiakai.chenggga@nogle.com',
      is2FA: true,
      isKyc: true,
      userStatus: 1,
      kycLevel: 3,
      allowCryptoDeposit: true,
      allowCryptoWithdrawal: true,
      allowFiatDeposit: true,
      allowFiatWithdrawal: true,
      allowTrade: true,
      allowTransfer: true,
    },
  },
});

export const loginLog = defineEndpoint({
  id: 'account.login-log',
  chapter: '4.12',
  method: 'GET',
  path: '/v1/user/login_log',
  summary: 'Get the history of logins and other security events, newest first; the newest 10,000 can be paged through',
  auth: 'session',
  apiKey: true,
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

const SESSION_ID = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';

const sessionId = z.string().regex(/^[0-9a-f]{64}$/);

export const sessions = defineEndpoint({
  id: 'account.sessions',
  chapter: '10.4',
  method: 'GET',
  path: '/v1/user/sessions',
  summary: 'List the open sessions of the user, the last used first',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  data: z.array(
    z.object({
      id: sessionId,
      ip: z.string(),
      browser: z.string(),
      os: z.string(),
      created: z.int(),
      lastSeen: z.int(),
      current: z.boolean(),
    }),
  ),
  codes: [],
  successMessage: 'Success',
  uses: { users: ['query'] },
  example: {
    data: [
      {
        id: SESSION_ID,
        ip: '10.1.10.109',
        browser: 'Chrome 91.0.4472.114',
        os: 'Windows 10',
        created: 1624418959045,
        lastSeen: 1624419855823,
        current: true,
      },
    ],
  },
});

export const endSessions = defineEndpoint({
  id: 'account.end-sessions',
  chapter: '10.4',
  method: 'DELETE',
  path: '/v1/user/sessions',
  summary: 'End one session of the user, or all but the present one',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  query: z.object({ id: sessionId.optional() }),
  data: z.null(),
  codes: ['NOT_FOUND', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['update', 'delete'] },
  example: { query: { id: SESSION_ID }, data: null },
});
