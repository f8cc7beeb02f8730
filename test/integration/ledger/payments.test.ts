import { describe, expect, it } from '@jest/globals';
import { documentClientFor } from '../../support/document-client.ts';
import { origin, useIdentity } from '../../support/identity.ts';
import { ledgerUseCases } from '../../support/ledger.ts';
import { ledgerContents } from '../../support/ledger-contents.ts';
import { callerAs, idIn, partsIn, walletOperationUseCases } from '../../support/wallet-operations.ts';
import { testFoundation } from '../../support/test-platform.ts';
import { walletOperation } from '../../../shared/contracts/endpoints/capital/wallet-operation.ts';
import { createPay } from '../../../shared/ledger/operations/pay.ts';
import { HOUR } from '../../../shared/platform/clock.ts';
import { createCommit } from '../../../shared/platform/commit.ts';

const PRICES = { USDT: '30', BTC: '3000000' };

type Money = Readonly<Partial<Record<'TWD' | 'USDT' | 'BTC', string>>>;

const wallet = (asset: string, most: object = {}) => ({ wallet: 'SPOT@', asset, ...most });

const pay = (toAmount: string, ...fromWallet: object[]) => ({
  operation: 'PAY_FOR_SERVICE',
  receiver: 'test-shop',
  fromWallet,
  toAsset: 'TWD',
  toAmount,
});

const tryOut = (toAmount: string, ...fromWallet: object[]) => ({
  ...pay(toAmount, ...fromWallet),
  operation: 'PRE_PAY_FOR_SERVICE',
});

describe('payments', () => {
  const identity = useIdentity();

  const setUp = async (money: Money, changes = {}) => {
    const { resources, clock } = identity();
    const operations = walletOperationUseCases(resources);
    const { fund, holdings, change } = ledgerUseCases(identity());
    clock.advance(1);
    await operations.setPrices(PRICES);
    const caller = callerAs(changes);
    const { userId } = caller.user;
    await operations.keepUser(caller);
    for (const asset of ['TWD', 'USDT', 'BTC'] as const) {
      if (money[asset] !== undefined) await fund(userId, asset, money[asset]);
    }
    const ask = (body: object, options = {}) => operations.operate(caller, body, options);
    const has = async (asset: 'TWD' | 'USDT' | 'BTC') => (await holdings(userId, asset)).available;
    return { ...operations, ask, has, change, caller, userId, ...ledgerContents(resources.client) };
  };

  it('are tried out: what each wallet would pay, in the order given, and nothing moves', async () => {
    const { ask, has, rows, userId } = await setUp({ TWD: '40', USDT: '100' });
    expect(partsIn(await ask(tryOut('100', wallet('TWD'), wallet('USDT'))))).toEqual([
      ['TWD', '40', '40'],
      // 60 ÷ (30 × 0.999), rounded up
      ['USDT', '2.002003', '60'],
    ]);
    expect(partsIn(await ask(tryOut('100', wallet('USDT'), wallet('TWD'))))).toEqual([['USDT', '3.336671', '100']]);
    expect(partsIn(await ask(tryOut('100', wallet('USDT', { amountInToAsset: 70 }), wallet('TWD'))))).toEqual([
      ['USDT', '2.33567', '70'],
      ['TWD', '30', '30'],
    ]);
    expect([await has('TWD'), await has('USDT'), (await rows(userId)).length]).toEqual(['40', '100', 0]);
  });

  it('move what was tried out to the account of the service, with a row of each asset', async () => {
    const { ask, has, movement, rows, userId } = await setUp({ TWD: '40', USDT: '100' });
    const id = idIn(await ask(pay('100', wallet('TWD'), wallet('USDT'))));
    expect([await has('TWD'), await has('USDT')]).toEqual(['0', '97.997997']);
    expect(await movement(`payment-${id}`)).toEqual({
      [`user/${userId}/TWD/available`]: '-40',
      [`user/${userId}/USDT/available`]: '-2.002003',
      'house/clearing/USDT': '2.002003',
      'house/service:test-shop/TWD': '100',
      'house/spread/TWD': '0.06',
      'house/clearing/TWD': '-60.06',
    });
    expect(await rows(userId)).toMatchObject([
      { id, class: 'FLOW', asset: 'TWD', type: 7, inOutType: 2, amount: 4_000n, status: 10, counterparty: 'test-shop' },
      { id, class: 'FLOW', asset: 'USDT', type: 7, inOutType: 2, amount: 2_002_003n, counterparty: 'test-shop' },
    ]);
  });

  it('take from an asset that is listed twice, in one row', async () => {
    const { ask, has, rows, userId } = await setUp({ TWD: '100' });
    idIn(await ask(pay('80', wallet('TWD', { amount: 50 }), wallet('TWD'))));
    expect(await has('TWD')).toBe('20');
    expect(await rows(userId)).toMatchObject([{ amount: 8_000n }]);
  });

  it('answer 8 where the wallets cannot cover it, within what may be taken', async () => {
    const { ask } = await setUp({ TWD: '100', USDT: '1' });
    const short = { ok: false, code: 'INSUFFICIENT_BALANCE' };
    expect(await ask(pay('100.01', wallet('TWD')))).toEqual(short);
    expect(await ask(tryOut('100.01', wallet('TWD')))).toEqual(short);
    expect(await ask(pay('100', wallet('TWD', { amount: '99.99' })))).toEqual(short);
    expect(await ask(pay('129.98', wallet('USDT'), wallet('TWD')))).toEqual(short);
    expect((await ask(pay('129.97', wallet('USDT'), wallet('TWD')))).ok).toBe(true);
  });

  it('need a fresh price of what they convert, and of nothing else', async () => {
    const { ask } = await setUp({ TWD: '100', USDT: '10' });
    identity().clock.advance(HOUR);
    expect(await ask(pay('10', wallet('USDT')))).toEqual({
      ok: false,
      code: 'PRICE_UNAVAILABLE',
      params: { asset: 'USDT' },
    });
    expect((await ask(pay('100', wallet('TWD'), wallet('USDT')))).ok).toBe(true);
  });

  it('need a user who may send: level, status and no hold, also when that changed meanwhile', async () => {
    const notAllowed = { ok: false, code: 'PAYMENT_NOT_ALLOWED' };
    const early = await setUp({ TWD: '1' }, { kycLevel: 1 });
    expect(await early.ask(pay('1', wallet('TWD')))).toEqual(notAllowed);
    const held = await setUp({ TWD: '1' }, { holdUntil: Date.UTC(2027, 0, 1) });
    const onHold = { ok: false, code: 'OUTGOING_HELD', params: { until: '2027-01-01 08:00:00 (UTC+8)' } };
    expect(await held.ask(pay('1', wallet('TWD')))).toEqual(onHold);
    const locked = await setUp({ TWD: '1' });
    await locked.change(locked.userId, { userStatus: 7 });
    expect(await locked.ask(pay('1', wallet('TWD')))).toEqual(notAllowed);
    const changed = await setUp({ TWD: '1' });
    await changed.change(changed.userId, { holdUntil: Date.UTC(2027, 0, 1) });
    expect(await changed.ask(pay('1', wallet('TWD')))).toEqual(onHold);
    expect(await changed.has('TWD')).toBe('1');
  });

  it.each([
    ['no service', { ...pay('1', wallet('TWD')), receiver: undefined }, 'receiver', 'it is required'],
    [
      'an unknown service',
      { ...pay('1', wallet('TWD')), receiver: 'nobody' },
      'receiver',
      'this is no service that can be paid',
    ],
    [
      'an unknown service to try',
      { ...tryOut('1', wallet('TWD')), receiver: 'x' },
      'receiver',
      'this is no service that can be paid',
    ],
    ['no wallet', pay('1'), 'fromWallet', 'it is required'],
    ['no asset of a wallet', pay('1', wallet('TWD'), { wallet: 'SPOT@' }), 'fromWallet.1.asset', 'it is required'],
    ['no asset to pay in', { ...pay('1', wallet('TWD')), toAsset: undefined }, 'toAsset', 'it is required'],
    ['no amount', { ...pay('1', wallet('TWD')), toAmount: undefined }, 'toAmount', 'it is required'],
    ['too many decimals', pay('1.001', wallet('TWD')), 'toAmount', 'it must be more than 0, with at most 2 decimals'],
    [
      'too many decimals of a wallet',
      pay('1', wallet('TWD', { amount: '0.001' })),
      'fromWallet.0.amount',
      'it must be more than 0, with at most 2 decimals',
    ],
  ])('refuse %s, naming the field', async (_what, body, field, reason) => {
    const { ask } = await setUp({});
    expect(await ask(body)).toEqual({ ok: false, code: 'INVALID_PARAMETER', params: { field, reason } });
  });

  it('answer one request once, with its key', async () => {
    const { ask, has } = await setUp({ TWD: '100' });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask(pay('10', wallet('TWD')), { key: 'the same' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await has('TWD')).toBe('90');
  });

  it('are not made anew where nobody knows whether they were made: the answer was lost, and then the store was busy', async () => {
    const { has, caller } = await setUp({ TWD: '100' });
    const client = documentClientFor(identity().engine.endpoint);
    let calls = 0;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (input) => {
          if (commandName !== 'TransactWriteItemsCommand') return next(input);
          calls += 1;
          if (calls === 1) await next(input);
          if (calls > 12) return next(input);
          const name = calls === 1 ? 'TimeoutError' : 'ThrottlingException';
          throw Object.assign(new Error(name), { name });
        },
      { step: 'initialize' },
    );
    const { platform } = testFoundation(walletOperation, { ...identity().resources, client });
    const commit = createCommit(client, { ...platform.random, int: () => 0 });
    const order = {
      caller,
      body: walletOperation.body.parse(pay('10', wallet('TWD'))),
      setting: { origin: origin(), locale: 'en' },
      record: () => [],
    } as const;
    const paying = createPay({ ...platform, commit }, () => Promise.resolve([]))(order);
    await expect(paying).rejects.toMatchObject({ name: 'TimeoutError' });
    expect([await has('TWD'), calls]).toEqual(['90', 12]);
    client.destroy();
  });
});
