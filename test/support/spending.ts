import * as z from 'zod/mini';
import { factorCodes } from '../../shared/contracts/codes/factor.ts';
import { walletCodes } from '../../shared/contracts/codes/wallet.ts';
import { defineEndpoint } from '../../shared/contracts/endpoint.ts';
import { ExactNumber, exactNumber } from '../../shared/contracts/exact-number.ts';
import type { Bind } from '../../shared/http/endpoint-handler.ts';
import { ABSENT } from '../../shared/platform/writes.ts';

/** More than a double can hold. */
export const AMOUNT = '12345678901234567890.123456789';

/** Spends a code and books an amount; the code `000000` is wrong. */
export const spending = defineEndpoint({
  id: 'test.spending',
  chapter: '3.1',
  method: 'POST',
  path: '/v1/test/spend',
  summary: 'Spend',
  auth: 'session',
  apiKey: false,
  rate: 'orders',
  idempotent: true,
  body: z.object({ twoFAcode: z.string(), to: z.string(), times: z.prefault(z.int(), 1) }),
  data: z.object({ id: z.int(), amount: exactNumber, rate: z.number(), note: z.string() }),
  ownCodes: { ...walletCodes, ...factorCodes },
  codes: ['TWO_FACTOR_WRONG', 'INSUFFICIENT_BALANCE'],
  successMessage: 'Success',
  uses: { ledger: ['put', 'update'] },
  example: { data: { id: 1, amount: new ExactNumber('1'), rate: 1, note: '' } },
});

/** The use case, with code, effect and answer in one transaction. */
export const spend: Bind<typeof spending> =
  ({ tables, commit }) =>
  async ({ body, caller, idempotency }) => {
    if (body.twoFAcode === '000000') return { ok: false, code: 'TWO_FACTOR_WRONG' };
    const pk = `SPENT#${caller.user.userId}`;
    const data = { id: 7, amount: new ExactNumber(AMOUNT), rate: 1e-7, note: `${body.to} "1.50"` };
    const { committed } = await commit([
      tables.ledger.put({ pk, sk: `CODE#${body.twoFAcode}` }, ABSENT),
      tables.ledger.update({ pk, sk: 'EFFECT' }, { update: 'ADD times :one', values: { ':one': 1 } }),
      ...idempotency.record(data),
    ]);
    return committed ? { ok: true, data } : { ok: false, code: 'INSUFFICIENT_BALANCE' };
  };
