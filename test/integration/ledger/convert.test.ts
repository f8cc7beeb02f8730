import { describe, expect, it } from '@jest/globals';
import { timeOfRecord } from '../../../shared/ledger/record-id.ts';
import { MINUTE } from '../../../shared/platform/clock.ts';
import { useIdentity } from '../../support/identity.ts';
import { ledgerUseCases } from '../../support/ledger.ts';
import { ledgerContents } from '../../support/ledger-contents.ts';
import { callerAs, idIn, walletOperationUseCases } from '../../support/wallet-operations.ts';

const PRICES = { USDT: '32.1', BTC: '2750000.12345678', ETH: '95000', USD: '31.8' };

const convert = (asset: string, toAsset: string, amounts: object) => ({
  operation: 'CONVERT',
  fromWallet: [{ wallet: 'SPOT@', asset, ...amounts }],
  toAsset,
});

describe('CONVERT', () => {
  const identity = useIdentity();

  const setUp = async (money: Readonly<Partial<Record<'TWD' | 'USDT' | 'BTC', string>>>, changes = {}) => {
    const { resources, clock } = identity();
    const operations = walletOperationUseCases(resources);
    const { fund, holdings } = ledgerUseCases(identity());
    clock.advance(1);
    await operations.setPrices(PRICES);
    const caller = callerAs(changes);
    const { userId } = caller.user;
    for (const asset of ['TWD', 'USDT', 'BTC'] as const) {
      if (money[asset] !== undefined) await fund(userId, asset, money[asset]);
    }
    const { operate } = operations;
    const ask = (body: object, options = {}) => operate(caller, body, options);
    const has = async (asset: 'TWD' | 'USDT' | 'BTC') => (await holdings(userId, asset)).available;
    return { ...operations, ask, has, caller, userId, ...ledgerContents(resources.client) };
  };

  it('sells for TWD at the ticker less the spread, in one movement with one row', async () => {
    const { ask, has, movement, rows, userId } = await setUp({ USDT: '100' });
    const id = idIn(await ask(convert('USDT', 'TWD', { amount: '40' })));
    // 40 × 32.1 = 1284; the spread is 1.284 of it
    expect([await has('USDT'), await has('TWD')]).toEqual(['60', '1282.71']);
    expect(await movement(`convert-${id}`)).toEqual({
      [`user/${userId}/USDT/available`]: '-40',
      'house/clearing/USDT': '40',
      [`user/${userId}/TWD/available`]: '1282.71',
      'house/spread/TWD': '1.28',
      'house/clearing/TWD': '-1283.99',
    });
    expect(await rows(userId)).toEqual([
      {
        id,
        at: timeOfRecord(id),
        updatedAt: timeOfRecord(id),
        class: 'TRADE',
        asset: 'USDT',
        type: 4,
        inOutType: 1,
        amount: 40_000_000n,
        status: 10,
        quoteBaseCurrency: 'USDT',
        quoteOrderCurrency: 'TWD',
        unitPrice: '32.0679',
        totalPrice: '1282.71',
      },
    ]);
  });

  it('buys a wanted amount with TWD at the ticker plus the spread', async () => {
    const { ask, has, rows, userId } = await setUp({ TWD: '4000' });
    idIn(await ask(convert('TWD', 'USDT', { amountInToAsset: 100 })));
    expect([await has('TWD'), await has('USDT')]).toEqual(['786.79', '100']);
    expect(await rows(userId)).toMatchObject([
      { asset: 'USDT', type: 3, amount: 100_000_000n, unitPrice: '32.1321', totalPrice: '3213.21' },
    ]);
  });

  it('converts one asset to another with the spread once: a sell and a buy of one record', async () => {
    const { ask, has, rows, movement, userId } = await setUp({ USDT: '10000' });
    const id = idIn(await ask(convert('USDT', 'BTC', { amount: '10000' })));
    expect([await has('USDT'), await has('BTC')]).toEqual(['0', '0.11661054']);
    expect(await movement(`convert-${id}`)).toMatchObject({
      'house/clearing/BTC': '-0.11661054',
      'house/spread/TWD': '321',
      'house/clearing/TWD': '-321',
    });
    expect(await rows(userId)).toMatchObject([
      { id, asset: 'BTC', type: 3, amount: 11_661_054n, unitPrice: '2750000.12345678', totalPrice: '320679' },
      { id, asset: 'USDT', type: 4, amount: 10_000_000_000n, unitPrice: '32.0679', totalPrice: '320679' },
    ]);
  });

  it('takes the spread of the user, be it none', async () => {
    const { ask, has, movement } = await setUp({ USDT: '1' }, { spread: '0' });
    const id = idIn(await ask(convert('USDT', 'TWD', { amount: 1 })));
    expect(await has('TWD')).toBe('32.1');
    expect(Object.keys((await movement(`convert-${id}`)) ?? {})).toHaveLength(4);
  });

  it('keeps the answer with the movement, and does not move again where one is kept', async () => {
    const { ask, has, movements } = await setUp({ USDT: '100' });
    idIn(await ask(convert('USDT', 'TWD', { amount: 40 }), { key: 'one' }));
    const made = await movements('convert');
    expect(await ask(convert('USDT', 'TWD', { amount: 40 }), { key: 'one' })).toMatchObject({ ok: false });
    expect(await has('USDT')).toBe('60');
    expect(await movements('convert')).toHaveLength(made.length);
  });

  it('takes what is there and not a unit more', async () => {
    const { ask, has } = await setUp({ USDT: '1' });
    expect(await ask(convert('USDT', 'TWD', { amount: '1.000001' }))).toEqual({
      ok: false,
      code: 'INSUFFICIENT_BALANCE',
    });
    expect((await ask(convert('USDT', 'TWD', { amount: '1' }))).ok).toBe(true);
    expect(await has('USDT')).toBe('0');
    expect(await ask(convert('USDT', 'BTC', { amountInToAsset: '9'.repeat(30) }))).toEqual({
      ok: false,
      code: 'INSUFFICIENT_BALANCE',
    });
  });

  it('needs a price of the last two minutes, of each side', async () => {
    const { ask, setPrices } = await setUp({ USDT: '10', TWD: '100' });
    const { clock } = identity();
    clock.advance(2 * MINUTE);
    expect((await ask(convert('USDT', 'TWD', { amount: 1 }))).ok).toBe(true);
    clock.advance(1);
    await setPrices({ BTC: '2750000' });
    const stale = { ok: false, code: 'PRICE_UNAVAILABLE', params: { asset: 'USDT' } };
    expect(await ask(convert('USDT', 'TWD', { amount: 1 }))).toEqual(stale);
    expect(await ask(convert('TWD', 'USDT', { amount: 1 }))).toEqual(stale);
    expect(await ask(convert('BTC', 'USDT', { amount: 1 }))).toEqual(stale);
  });

  it('needs the right to trade', async () => {
    for (const changes of [{ kycLevel: 1 as const }, { userStatus: 8 as const }]) {
      const { ask } = await setUp({ USDT: '1' }, changes);
      expect(await ask(convert('USDT', 'TWD', { amount: 1 }))).toEqual({ ok: false, code: 'TRADE_NOT_ALLOWED' });
    }
  });

  it.each([
    ['no wallet', { operation: 'CONVERT', toAsset: 'TWD' }, 'fromWallet', 'it is required'],
    [
      'two wallets',
      { operation: 'CONVERT', toAsset: 'TWD', fromWallet: [{ wallet: 'SPOT@' }, { wallet: 'SPOT@' }] },
      'fromWallet',
      'send exactly one wallet',
    ],
    [
      'no asset',
      { operation: 'CONVERT', toAsset: 'TWD', fromWallet: [{ wallet: 'SPOT@', amount: 1 }] },
      'fromWallet.0.asset',
      'it is required',
    ],
    [
      'nothing to convert to',
      { operation: 'CONVERT', fromWallet: [{ wallet: 'SPOT@', asset: 'USDT', amount: 1 }] },
      'toAsset',
      'it is required',
    ],
    [
      'the same asset',
      convert('USDT', 'USDT', { amount: 1 }),
      'toAsset',
      'it must be another asset than the wallet has',
    ],
    ['no amount', convert('USDT', 'TWD', {}), 'fromWallet.0.amount', 'it is required'],
    [
      'both amounts',
      convert('USDT', 'TWD', { amount: 1, amountInToAsset: 32 }),
      'fromWallet.0.amountInToAsset',
      'send either amount or amountInToAsset',
    ],
    [
      'too many decimals',
      convert('USDT', 'TWD', { amount: '1.0000001' }),
      'fromWallet.0.amount',
      'it must be more than 0, with at most 6 decimals',
    ],
    [
      'too many decimals of what is wanted',
      convert('USDT', 'TWD', { amountInToAsset: '0.001' }),
      'fromWallet.0.amountInToAsset',
      'it must be more than 0, with at most 2 decimals',
    ],
    [
      'too little to bring anything',
      convert('USDT', 'TWD', { amount: '0.000001' }),
      'fromWallet.0.amount',
      'it is too small to bring even the smallest unit of the other asset',
    ],
  ])('refuses %s, naming the field', async (_what, body, field, reason) => {
    const { ask } = await setUp({ USDT: '1' });
    expect(await ask(body)).toEqual({ ok: false, code: 'INVALID_PARAMETER', params: { field, reason } });
  });
});
