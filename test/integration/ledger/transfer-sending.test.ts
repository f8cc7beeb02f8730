import { describe, expect, it } from '@jest/globals';
import { UserStatus, WalletStatus } from '../../../shared/contracts/enums.ts';
import { makeRecoveryCodes } from '../../../shared/identity/factor/recovery.ts';
import { recoveryCodes } from '../../../shared/contracts/endpoints/account/recovery-codes.ts';
import { keepAnswer } from '../../../shared/ledger/idempotency-store.ts';
import { findTransfer } from '../../../shared/ledger/transfer/transfer.ts';
import { STEP } from '../../support/authenticator.ts';
import { useIdentity } from '../../support/identity.ts';
import { waitingMails } from '../../support/stored.ts';
import { testFoundation } from '../../support/test-platform.ts';
import { transferUseCases } from '../../support/transfers.ts';

const MINUTE = 60_000;

const refused = (code: string) => ({ ok: false, code });

describe('sending money', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  const two = async (money = '100') => {
    const { member } = useCases();
    return { from: await member({ USDT: money }), to: await member() };
  };

  it('freezes it, waits half an hour for the sender to confirm, and asks for that by mail', async () => {
    const { send, holdings, table } = useCases();
    const { from, to } = await two();
    const sent = await send(from, to, '40.5');
    if (!sent.ok) throw new Error(sent.code);
    const now = identity().clock.now();
    expect(await findTransfer(table, sent.data)).toMatchObject({
      status: WalletStatus.PENDING,
      senderId: from.userId,
      receiverId: to.userId,
      receiverEmail: to.email,
      amount: 40_500_000n,
      createdAt: now,
      expiresAt: now + 30 * MINUTE,
    });
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '59.5', frozen: '40.5' });
    expect(await holdings(to.userId, 'USDT')).toEqual({ available: '0', frozen: '0' });
    const facts = { transferId: sent.data, amount: '40.5', asset: 'USDT', receiver: to.name };
    const mails = await waitingMails(identity().resources, from.email);
    expect(mails).toMatchObject([{ kind: 'transfer-requested', locale: 'en', facts }]);
  });

  it('names the receiver without case', async () => {
    const { send } = useCases();
    const { from, to } = await two();
    const order = { receiver: to.name.toUpperCase(), receiverEmail: to.email.toUpperCase() };
    expect(await send(from, to, '1', order)).toMatchObject({ ok: true });
  });

  it('answers an unknown receiver and a mismatched address alike', async () => {
    const { send, holdings } = useCases();
    const { from, to } = await two();
    for (const order of [{ receiver: 'nobody.at.all' }, { receiverEmail: from.email }, { receiver: to.email }]) {
      expect(await send(from, to, '1', order)).toEqual(refused('USER_NOT_FOUND'));
    }
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
  });

  it('sends nothing to oneself, or to an account that is not in good standing', async () => {
    const { send, change } = useCases();
    const { from, to } = await two();
    expect(await send(from, from, '1')).toEqual(refused('TRANSFER_TO_ONESELF'));
    expect(await send(from, from, '1', { receiver: from.name.toUpperCase() })).toEqual(refused('TRANSFER_TO_ONESELF'));
    for (const userStatus of [UserStatus.BLOCKED, UserStatus.LOCKED, UserStatus.NOT_TRADABLE] as const) {
      await change(to.userId, { userStatus });
      expect(await send(from, to, '1')).toEqual(refused('RECEIVER_UNAVAILABLE'));
    }
  });

  it('reaches a receiver who has not passed any KYC level', async () => {
    const { send, change } = useCases();
    const { from, to } = await two();
    await change(to.userId, { kycLevel: 0 });
    expect(await send(from, to, '1')).toMatchObject({ ok: true });
  });

  it('needs level 2 and good standing of the sender', async () => {
    const { send, change } = useCases();
    const { from, to } = await two();
    await change(from.userId, { kycLevel: 1 });
    expect(await send(from, to, '1')).toEqual(refused('TRANSFER_NOT_ALLOWED'));
    await change(from.userId, { kycLevel: 2, userStatus: UserStatus.NOT_TRADABLE });
    expect(await send(from, to, '1')).toEqual(refused('TRANSFER_NOT_ALLOWED'));
  });

  it('waits for the hold after a change of credentials to end, and says until when', async () => {
    const { send, change } = useCases();
    const { from, to } = await two();
    const { clock } = identity();
    const holdUntil = Math.ceil(clock.now() / 1_000) * 1_000 + MINUTE;
    await change(from.userId, { holdUntil });
    const until = `${new Date(holdUntil + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} (UTC+8)`;
    expect(await send(from, to, '1')).toEqual({ ok: false, code: 'OUTGOING_HELD', params: { until } });
    clock.advance(holdUntil - clock.now());
    expect(await send(from, to, '1')).toMatchObject({ ok: true });
  });

  it('needs a bound factor and a right code that is not spent; a wrong one is counted', async () => {
    const { send, factor, member } = useCases();
    const { from, to } = await two();
    expect(await send(from, to, '1', { twoFAcode: from.wrong() })).toEqual(refused('TWO_FACTOR_WRONG'));
    expect((await from.caller()).factor?.failures).toBe(1);
    expect(await send(from, to, '1')).toMatchObject({ ok: true });
    expect(await send(from, to, '1')).toEqual(refused('TWO_FACTOR_WRONG'));
    expect((await from.caller()).factor?.failures).toBe(0);
    for (let tries = 0; tries < 5; tries += 1) await send(from, to, '1', { twoFAcode: from.wrong() });
    expect(await send(from, to, '1')).toEqual(refused('TWO_FACTOR_LOCKED'));
    const unbound = await member({ USDT: '5' });
    const twoFAcode = unbound.code();
    await factor.unbind(unbound.token, twoFAcode);
    await useCases().change(unbound.userId, { holdUntil: 0 });
    expect(await send(unbound, to, '1', { twoFAcode })).toEqual(refused('TWO_FACTOR_NOT_BOUND'));
  });

  it('judges no code of an order that cannot be', async () => {
    const { send } = useCases();
    const { from, to } = await two();
    for (let tries = 0; tries < 6; tries += 1) {
      await send(from, to, '1', { receiver: 'nobody.at.all', twoFAcode: from.wrong() });
    }
    expect((await from.caller()).factor?.failures).toBe(0);
  });

  it('takes a recovery code, spends it with the money, and tells of it', async () => {
    const { send, factor } = useCases();
    const { from, to } = await two();
    await factor.reauthenticate(from.token, from.code());
    const { platform } = testFoundation(recoveryCodes, identity().resources);
    const made = await makeRecoveryCodes(platform, await from.caller());
    if (!made.ok) throw new Error(made.code);
    const twoFAcode = made.data.codes[0] ?? '';
    expect(await send(from, to, '100.000001', { twoFAcode })).toEqual(refused('INSUFFICIENT_BALANCE'));
    expect(await send(from, to, '1', { twoFAcode })).toMatchObject({ ok: true });
    expect(await send(from, to, '1', { twoFAcode })).toEqual(refused('TWO_FACTOR_WRONG'));
    const kinds = (await waitingMails(identity().resources, from.email)).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['recovery-code-used', 'transfer-requested']);
  });

  it('sends no more than there is, to the last unit, and spends no code in vain', async () => {
    const { send, holdings } = useCases();
    const { from, to } = await two();
    expect(await send(from, to, '100.000001')).toEqual(refused('INSUFFICIENT_BALANCE'));
    expect(await send(from, to, '100')).toMatchObject({ ok: true });
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '0', frozen: '100' });
    identity().clock.advance(STEP);
    expect(await send(from, to, '0.000001')).toEqual(refused('INSUFFICIENT_BALANCE'));
  });

  it('keeps the answer under the request’s key in the same transaction, or does nothing', async () => {
    const { send, holdings, table } = useCases();
    const { from, to } = await two();
    const kept = { fingerprint: 'f', answer: '1' };
    const record = () => [keepAnswer(table, { userId: from.userId, key: 'k' }, kept, identity().clock.now())];
    expect(await send(from, to, '1', { record })).toMatchObject({ ok: true });
    identity().clock.advance(STEP);
    expect(await send(from, to, '1', { record })).toEqual(refused('UPDATE_FAILED'));
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '99', frozen: '1' });
    // The code of the second is not spent.
    expect(await send(from, to, '1')).toMatchObject({ ok: true });
  });

  it.each([
    { of: 'sender', changes: { userStatus: UserStatus.NOT_TRADABLE }, code: 'TRANSFER_NOT_ALLOWED' },
    { of: 'sender', changes: { kycLevel: 1 as const }, code: 'TRANSFER_NOT_ALLOWED' },
    { of: 'sender', changes: { holdUntil: Date.UTC(2030, 0, 1) }, code: 'OUTGOING_HELD' },
    { of: 'receiver', changes: { userStatus: UserStatus.LOCKED }, code: 'RECEIVER_UNAVAILABLE' },
  ] as const)('is refused when the $of changes underneath: $changes', async ({ of, changes, code }) => {
    const { send, holdings, change } = useCases();
    const { from, to } = await two();
    const target = of === 'sender' ? from : to;
    const { client } = identity().resources;
    client.middlewareStack.add(
      (next, context) => async (input) => {
        if (context.commandName === 'TransactWriteItemsCommand') await change(target.userId, changes);
        return next(input);
      },
      { step: 'initialize', name: 'underneath' },
    );
    const sent = await send(from, to, '1');
    client.middlewareStack.remove('underneath');
    expect(sent).toMatchObject(refused(code));
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
  });
});
