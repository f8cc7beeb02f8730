import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../support/identity.ts';
import { ledgerUseCases } from '../../support/ledger.ts';
import { HOUR } from '../../../shared/platform/clock.ts';
import { callerAs, idIn, valueIn, walletOperationUseCases } from '../../support/wallet-operations.ts';

const wallet = (asset?: string) => ({ wallet: 'SPOT@', asset });

describe('wallet operations', () => {
  const identity = useIdentity();
  const useCases = () => walletOperationUseCases(identity().resources);

  it('answer -20 to what is no operation', async () => {
    const { operate } = useCases();
    for (const operation of ['', 'WITHDRAW', 'convert', 'toString', '__proto__']) {
      expect(await operate(callerAs(), { operation })).toEqual({ ok: false, code: 'UNKNOWN_OPERATION' });
    }
  });

  it('are of the caller only, by name or id', async () => {
    const { operate } = useCases();
    const caller = callerAs();
    const body = { operation: 'GET_BALANCE_IN_QUOTE', toAsset: 'TWD' };
    const { userId, username } = caller.user;
    for (const fromUser of [userId, username, username.toUpperCase()]) {
      expect(valueIn(await operate(caller, { ...body, fromUser }))).toBe('0');
    }
    expect(await operate(caller, { ...body, fromUser: 'another' })).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  describe('TRANSFER', () => {
    it('sends to another member, once its code is right', async () => {
      const { member, holdings } = ledgerUseCases(identity());
      const [sender, receiver] = [await member({ USDT: '5' }), await member()];
      const body = {
        operation: 'TRANSFER',
        fromWallet: [{ ...wallet('USDT'), amount: 1 }],
        receiver: receiver.name,
        receiverEmail: receiver.email.toUpperCase(),
      };
      const { operate } = useCases();
      expect(await operate(await sender.caller(), { ...body, twoFAcode: sender.wrong() })).toEqual({
        ok: false,
        code: 'TWO_FACTOR_WRONG',
      });
      idIn(await operate(await sender.caller(), { ...body, twoFAcode: Number(sender.code()) }));
      expect(await holdings(sender.userId, 'USDT')).toEqual({ available: '4', frozen: '1' });
    });

    const whole = {
      operation: 'TRANSFER',
      fromWallet: [{ ...wallet('USDT'), amount: 1 }],
      receiver: 'someone',
      receiverEmail: 'someone@example.com',
      twoFAcode: '123456',
    };

    it.each([
      ['fromWallet', { ...whole, fromWallet: undefined }],
      ['fromWallet', { ...whole, fromWallet: [] }],
      ['fromWallet', { ...whole, fromWallet: [wallet('USDT'), wallet('TWD')] }],
      ['fromWallet.0.asset', { ...whole, fromWallet: [wallet()] }],
      ['fromWallet.0.amount', { ...whole, fromWallet: [wallet('USDT')] }],
      ['fromWallet.0.amount', { ...whole, fromWallet: [{ ...wallet('USDT'), amount: '0.0000001' }] }],
      [
        'fromWallet.0.amountInToAsset',
        { ...whole, fromWallet: [{ ...wallet('USDT'), amount: 1, amountInToAsset: 1 }] },
      ],
      ['receiver', { ...whole, receiver: undefined }],
      ['receiverEmail', { ...whole, receiverEmail: undefined }],
      ['twoFAcode', { ...whole, twoFAcode: undefined }],
    ])('is refused for %s, by name', async (field, body) => {
      const answer = await useCases().operate(callerAs(), body);
      expect(answer).toMatchObject({ ok: false, code: 'INVALID_PARAMETER', params: { field } });
    });
  });

  describe('GET_BALANCE_IN_QUOTE', () => {
    const value = (toAsset: string, ...fromWallet: object[]) => ({
      operation: 'GET_BALANCE_IN_QUOTE',
      toAsset,
      ...(fromWallet.length > 0 && { fromWallet }),
    });

    it('is the value of the listed wallets, or of all, at the ticker without spread, rounded down', async () => {
      const { operate, setPrices } = useCases();
      const { fund } = ledgerUseCases(identity());
      identity().clock.advance(1);
      await setPrices({ USDT: '30.01', BTC: '3000000' });
      const caller = callerAs();
      const { userId } = caller.user;
      await fund(userId, 'TWD', '10');
      await fund(userId, 'USDT', '1.000001');
      await fund(userId, 'BTC', '0.5');
      const ask = async (body: object) => valueIn(await operate(caller, body));
      expect(await ask(value('TWD'))).toBe('1500040.01');
      expect(await ask(value('TWD', wallet('USDT')))).toBe('30.01');
      expect(await ask(value('TWD', wallet('USDT'), wallet('USDT'), wallet('TWD')))).toBe('40.01');
      expect(await ask(value('TWD', wallet()))).toBe('1500040.01');
      expect(await ask(value('BTC', wallet('TWD')))).toBe('0.00000333');
      expect(await ask(value('USDT', wallet('USDT')))).toBe('1.000001');
    });

    it('counts what is frozen', async () => {
      const { operate } = useCases();
      const { member } = ledgerUseCases(identity());
      const [sender, receiver] = [await member({ TWD: '5' }), await member()];
      const sent = {
        operation: 'TRANSFER',
        fromWallet: [{ ...wallet('TWD'), amount: 2 }],
        receiver: receiver.name,
        receiverEmail: receiver.email,
        twoFAcode: sender.code(),
      };
      idIn(await operate(await sender.caller(), sent));
      expect(valueIn(await operate(await sender.caller(), value('TWD')))).toBe('5');
    });

    it('needs a fresh price of what is held', async () => {
      const { operate, setPrices } = useCases();
      const { fund } = ledgerUseCases(identity());
      const { clock } = identity();
      clock.advance(1);
      await setPrices({ BTC: '3000000' });
      clock.advance(HOUR);
      const caller = callerAs();
      await fund(caller.user.userId, 'TWD', '10');
      expect(valueIn(await operate(caller, value('TWD')))).toBe('10');
      const unknown = { ok: false, code: 'PRICE_UNAVAILABLE', params: { asset: 'BTC' } };
      expect(await operate(caller, value('BTC'))).toEqual(unknown);
      await fund(caller.user.userId, 'BTC', '1');
      expect(await operate(caller, value('TWD'))).toEqual(unknown);
    });

    it('says in which asset is required', async () => {
      expect(await useCases().operate(callerAs(), { operation: 'GET_BALANCE_IN_QUOTE' })).toMatchObject({
        code: 'INVALID_PARAMETER',
        params: { field: 'toAsset' },
      });
    });
  });
});
