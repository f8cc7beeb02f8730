import type { KnownCaller } from '../../identity/session-store.ts';
import { createBalanceInQuote } from './balance-in-quote.ts';
import { createConvert } from './convert.ts';
import type { Operation, OperationPlatform } from './order.ts';
import { createPay, createPrePay } from './pay.ts';
import type { ReadTickers } from './rates.ts';
import { createTransfer } from './transfer.ts';

type Operations = Readonly<Record<string, Operation>>;

/** Every operation by the name that it is asked for with. */
export const createOperations = (platform: OperationPlatform, readTickers: ReadTickers): Operations => ({
  TRANSFER: createTransfer(platform),
  CONVERT: createConvert(platform, readTickers),
  PRE_PAY_FOR_SERVICE: createPrePay(platform, readTickers),
  PAY_FOR_SERVICE: createPay(platform, readTickers),
  GET_BALANCE_IN_QUOTE: createBalanceInQuote(platform, readTickers),
});

/** Usernames compare without case. */
const isSelf = (name: string, { user: { userId, username } }: KnownCaller): boolean =>
  name === userId || name.toLowerCase() === username.toLowerCase();

/** Does the operation that is asked for (API 8.1). */
export const dispatch =
  (operations: Operations): Operation =>
  async (order) => {
    const { operation: name, fromUser } = order.body;
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) return { ok: false, code: 'UNKNOWN_OPERATION' };
    if (fromUser !== undefined && !isSelf(fromUser, order.caller)) return { ok: false, code: 'ILLEGAL_STATE' };
    return operation(order);
  };
