import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../../assets.ts';
import { factorCodes } from '../../codes/factor.ts';
import { transferCodes } from '../../codes/transfer.ts';
import { walletCodes } from '../../codes/wallet.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { exactNumber } from '../../exact-number.ts';
import { emailAddress, factorCode, language, loginName } from '../../fields.ts';
import { moneyField } from '../../money.ts';
import { services } from '../../settings/services.ts';
import { transferLimits } from '../../settings/transfer-limits.ts';

/** The one wallet that a user has. */
export const WALLET = 'SPOT@';

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

const asset = z.enum(Object.keys(ASSETS).filter(isAsset));

/** Far more wallets than there are assets, in one request. */
const MOST_WALLETS = 20;

/** Longest operation that is looked at. */
const LONGEST_NAME = 64;

/** What operations need of these fields differs, and is checked by each. */
const fromWallet = z.object({
  wallet: z.literal(WALLET),
  asset: z.optional(asset),
  amount: z.optional(moneyField),
  amountInToAsset: z.optional(moneyField),
});

/** What a wallet pays: of its asset, and what that is in the asset that is owed. */
const payment = z.object({
  wallet: z.literal(WALLET),
  asset,
  amount: exactNumber,
  amountInToAsset: exactNumber,
});

export const walletOperation = defineEndpoint({
  id: 'capital.wallet-operation',
  chapter: '8.1',
  method: 'POST',
  path: '/v1/capital/wallet/operation',
  summary:
    'Send, convert or pay, try a payment out, or value wallets: TRANSFER, CONVERT, PAY_FOR_SERVICE, PRE_PAY_FOR_SERVICE, GET_BALANCE_IN_QUOTE',
  auth: 'session',
  apiKey: {
    by: 'operation',
    scopes: { CONVERT: 'trade', PAY_FOR_SERVICE: 'pay', PRE_PAY_FOR_SERVICE: 'read', GET_BALANCE_IN_QUOTE: 'read' },
  },
  rate: 'orders',
  idempotent: true,
  readsFactor: true,
  body: z.object({
    operation: z.string().check(z.maxLength(LONGEST_NAME)),
    fromUser: z.optional(loginName),
    fromWallet: z.optional(z.array(fromWallet).check(z.maxLength(MOST_WALLETS))),
    receiver: z.optional(loginName),
    receiverEmail: z.optional(emailAddress),
    twoFAcode: z.optional(factorCode),
    toAsset: z.optional(asset),
    toAmount: z.optional(moneyField),
    lang: z.optional(language),
  }),
  /** The record's id (TRANSFER, CONVERT, PAY_FOR_SERVICE), what each wallet would pay, or the value. */
  data: z.union([z.int(), z.array(payment), exactNumber]),
  ownCodes: { ...walletCodes, ...transferCodes, ...factorCodes },
  codes: [
    'INVALID_PARAMETER',
    'UNKNOWN_OPERATION',
    'ILLEGAL_STATE',
    'TRANSFER_NOT_ALLOWED',
    'TRADE_NOT_ALLOWED',
    'PAYMENT_NOT_ALLOWED',
    'OUTGOING_HELD',
    'TWO_FACTOR_NOT_BOUND',
    'TWO_FACTOR_LOCKED',
    'TWO_FACTOR_WRONG',
    'USER_NOT_FOUND',
    'TRANSFER_TO_ONESELF',
    'RECEIVER_UNAVAILABLE',
    'TRANSFER_LIMIT',
    'INSUFFICIENT_BALANCE',
    'PRICE_UNAVAILABLE',
    'UPDATE_FAILED',
  ],
  successMessage: 'Success',
  counts: {
    SUCCESS: {
      by: ['operation'],
      metrics: { TRANSFER: 'TransfersRequested', CONVERT: 'Conversions', PAY_FOR_SERVICE: 'Payments' },
    },
  },
  uses: {
    ledger: ['query', 'put', 'update'],
    users: ['get', 'update', 'check'],
    market: ['query'],
    outbox: ['put'],
    secrets: { totp: ['decrypt'] },
    settings: [services, transferLimits],
  },
  example: {
    body: {
      fromWallet: [{ wallet: WALLET, asset: 'USDT', amount: 1 }],
      operation: 'TRANSFER',
      receiver: 'chiakai5',
      receiverEmail: 'chiakai.chenggga@nogle.com',
      twoFAcode: 812991,
    },
    data: 3019,
  },
});
