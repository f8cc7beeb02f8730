import * as z from 'zod/mini';
import { walletCodes } from '../../codes/wallet.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { CurrencyType, InOutType, WalletRecordType, WalletStatus } from '../../enums.ts';
import { ExactNumber, exactNumber } from '../../exact-number.ts';
import { currencyType, inOutType, walletRecordType, walletStatus } from '../../states.ts';
import { historyQuery } from './history-query.ts';

/** A bank account that money went to or came from. */
const bank = z.object({
  code: z.string(),
  account: z.string(),
  name: z.string(),
  accountHolder: z.string(),
  expireTimestamp: z.nullable(z.int()),
});

/** One movement of one currency. */
const row = z.object({
  currencyType,
  auditId: z.string(),
  /** In `quoteBaseCurrency`, as all amounts of the row but prices. */
  amount: exactNumber,
  clientAmount: exactNumber,
  fee: exactNumber,
  transactionRef: z.string(),
  emailRef: z.nullable(z.string()),
  receivedAmount: exactNumber,
  type: walletRecordType,
  /** What was paid or received in a buy or sell. */
  quoteOrderCurrency: z.nullable(z.string()),
  /** The currency that the row is about. */
  quoteBaseCurrency: z.string(),
  createTimestamp: z.int(),
  updateTimestamp: z.int(),
  inOutType,
  errCode: z.nullable(z.int()),
  remarks: z.nullable(z.string()),
  status: walletStatus,
  bankRef: z.nullable(z.string()),
  toReceiver: z.optional(z.object({ name: z.string(), address: z.nullable(z.string()) })),
  txUrl: z.optional(z.string()),
  txHash: z.optional(z.string()),
  toBank: z.optional(bank),
  fromBank: z.optional(bank),
  baseCurrencyUnitPrice: z.optional(exactNumber),
  baseCurrencyTotalPrice: z.optional(exactNumber),
});

export const historyList = defineEndpoint({
  id: 'wallet.history-list',
  chapter: '9.4',
  method: 'GET',
  path: '/v1/wallet/historyList',
  summary: 'Get a page of what came in, went out, was bought and sold, newest first',
  auth: 'session',
  apiKey: 'read',
  rate: 'query',
  query: historyQuery,
  data: z.object({
    totalRows: z.int(),
    pageSize: z.int(),
    currentPage: z.int(),
    totalPages: z.int(),
    data: z.array(row),
  }),
  ownCodes: walletCodes,
  codes: ['HISTORY_UNAVAILABLE'],
  successMessage: 'Success',
  uses: { ledger: ['query', 'batchGet'] },
  example: {
    query: { query: 'TWD-1,USDT-2', startDate: '2026-01-01', endDate: '2026-01-31', isTxn: 'false' },
    data: {
      totalRows: 1,
      pageSize: 10,
      currentPage: 1,
      totalPages: 1,
      data: [
        {
          currencyType: CurrencyType.STABLE,
          auditId: '267088110002953',
          amount: new ExactNumber('12.5'),
          clientAmount: new ExactNumber('12.5'),
          fee: new ExactNumber('0'),
          transactionRef: '20260113267088110002953',
          emailRef: null,
          receivedAmount: new ExactNumber('12.5'),
          type: WalletRecordType.TRANSFER_OUT,
          quoteOrderCurrency: null,
          quoteBaseCurrency: 'USDT',
          createTimestamp: 1768293129053,
          updateTimestamp: 1768293201877,
          inOutType: InOutType.OUT,
          errCode: null,
          remarks: null,
          status: WalletStatus.COMPLETED,
          bankRef: null,
          toReceiver: { name: 'chiakai5', address: null },
        },
      ],
    },
  },
});
