import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { recordName } from '../../fields.ts';

export const transferCancel = defineEndpoint({
  id: 'capital.transfer-cancel',
  chapter: '8.2',
  method: 'GET',
  path: '/v1/capital/transfer/cancel',
  summary: 'Cancel a transfer that is not confirmed on the web yet; its money is released',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  changesState: true,
  query: z.object({ id: recordName }),
  data: z.null(),
  codes: ['NOT_FOUND', 'ILLEGAL_STATE'],
  successMessage: 'Success',
  counts: { SUCCESS: 'TransfersCancelled' },
  uses: { ledger: ['get', 'put', 'update', 'delete'] },
  example: { query: { id: '3019' }, data: null },
});
