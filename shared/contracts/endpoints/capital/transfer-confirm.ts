import * as z from 'zod/mini';
import { transferCodes } from '../../codes/transfer.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { recordName } from '../../fields.ts';

export const transferConfirm = defineEndpoint({
  id: 'capital.transfer-confirm',
  chapter: '8.4',
  method: 'GET',
  path: '/v1/validate/transfer_confirm',
  summary: 'Confirm a transfer whose mailed link was followed; its money goes to the receiver',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  changesState: true,
  query: z.object({ balance_audit_id: recordName }),
  data: z.int(),
  ownCodes: transferCodes,
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'TRANSFER_NOT_ALLOWED', 'OUTGOING_HELD', 'RECEIVER_UNAVAILABLE'],
  successMessage: 'Success',
  counts: { SUCCESS: 'TransfersConfirmed' },
  uses: { ledger: ['get', 'put', 'update', 'delete'], users: ['check'], outbox: ['put'] },
  example: { query: { balance_audit_id: '3019' }, data: 3019 },
});
