import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../../assets.ts';
import { transferCodes } from '../../codes/transfer.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { recordName } from '../../fields.ts';

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

export const transferEmailConfirm = defineEndpoint({
  id: 'capital.transfer-email-confirm',
  chapter: '8.5',
  method: 'GET',
  path: '/v1/validate/emailtransfer',
  summary: 'Follow the mailed link of a transfer, logged in as its sender; leads to the front-end, to confirm there',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  changesState: 'by-navigation',
  query: z.object({ code: recordName }),
  /** The query parameters of the address that it leads to. */
  data: z.object({
    balance_audit_id: z.int(),
    coin_id: z.enum(Object.keys(ASSETS).filter(isAsset)),
    type: z.literal('confirm'),
  }),
  response: 'redirect',
  ownCodes: transferCodes,
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'TRANSFER_LINK_EXPIRED', 'TRANSFER_LINK_USED'],
  alerts: { TRANSFER_LINK_EXPIRED: 'expired', TRANSFER_LINK_USED: 'used' },
  successMessage: 'Success',
  counts: { SUCCESS: 'TransferLinksFollowed' },
  uses: { ledger: ['get', 'update'] },
  example: {
    query: { code: '3019-WcxTBg3dRrBZ9rhDXOMvbnSSFQwOZBF4WpyPoUVdcVY' },
    data: { balance_audit_id: 3019, coin_id: 'USDT', type: 'confirm' },
  },
});
