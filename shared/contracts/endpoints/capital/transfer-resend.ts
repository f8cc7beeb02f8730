import * as z from 'zod/mini';
import { transferCodes } from '../../codes/transfer.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { recordName } from '../../fields.ts';

export const transferResend = defineEndpoint({
  id: 'capital.transfer-resend',
  chapter: '8.3',
  method: 'GET',
  path: '/v1/validate/emailtransfer_resend',
  summary:
    'Mail a new link for a transfer, at most once a minute and five times; the old link dies, the deadline stays',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  changesState: true,
  query: z.object({ balance_audit_id: recordName }),
  data: z.int(),
  ownCodes: transferCodes,
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'RESEND_LIMIT', 'RATE_LIMITED', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { ledger: ['get', 'update'], outbox: ['put'] },
  example: { query: { balance_audit_id: '3019' }, data: 3019 },
});
