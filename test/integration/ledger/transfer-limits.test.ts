import { describe, expect, it } from '@jest/globals';
import { STEP } from '../../support/authenticator.ts';
import { useIdentity } from '../../support/identity.ts';
import { transferUseCases } from '../../support/transfers.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the daily limit', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  const left = (amount: string) => ({ ok: false, code: 'TRANSFER_LIMIT', params: { left: amount, asset: 'USDT' } });

  const loggedInAgain = async (from: Awaited<ReturnType<ReturnType<typeof useCases>['member']>>) => {
    const { factor } = useCases();
    const pending = await factor.logIn(from.name);
    const checked = await factor.check(pending, from.code());
    if (!checked.ok) throw new Error(checked.code);
    identity().clock.advance(STEP);
    return { caller: () => factor.caller(checked.token) };
  };

  it('is by level, counts what was sent, says what is left, and begins anew at midnight in Taipei', async () => {
    const { member, send, change } = useCases();
    const [from, to] = [await member({ USDT: '200000', TWD: '100' }), await member()];
    const step = () => identity().clock.advance(STEP);
    expect(await send(from, to, '10000.000001')).toEqual(left('10000'));
    expect(await send(from, to, '9999.5')).toMatchObject({ ok: true });
    step();
    expect(await send(from, to, '0.500001')).toEqual(left('0.5'));
    expect(await send(from, to, '50', { asset: 'TWD' })).toMatchObject({ ok: true });
    step();
    expect(await send(from, to, '0.5')).toMatchObject({ ok: true });
    step();
    expect(await send(from, to, '0.000001')).toEqual(left('0'));
    await change(from.userId, { kycLevel: 3 });
    expect(await send(from, to, '90000.000001')).toEqual(left('90000'));
    expect(await send(from, to, '90000')).toMatchObject({ ok: true });
    await change(from.userId, { kycLevel: 2 });
    const { clock } = identity();
    const midnight = Math.ceil((clock.now() + 8 * 60 * MINUTE) / DAY) * DAY - 8 * 60 * MINUTE;
    clock.advance(midnight - clock.now() - 1 - STEP);
    // The session has ended meanwhile.
    const again = { ...from, ...(await loggedInAgain(from)) };
    expect(await send(again, to, '1')).toEqual(left('0'));
    clock.advance(STEP);
    expect(await send(again, to, '1')).toMatchObject({ ok: true });
  });

  it('gives back what is cancelled or expires, to the day it was sent on', async () => {
    const { member, send, cancel, expire } = useCases();
    const [from, to] = [await member({ USDT: '30000' }), await member()];
    const first = await send(from, to, '6000');
    identity().clock.advance(STEP);
    const second = await send(from, to, '4000');
    if (!first.ok || !second.ok) throw new Error('Not sent.');
    identity().clock.advance(STEP);
    expect(await send(from, to, '1')).toEqual(left('0'));
    await cancel(from, first.data);
    expect(await send(from, to, '6000.000001')).toEqual(left('6000'));
    identity().clock.advance(30 * MINUTE);
    expect(await expire()).toMatchObject({ failed: 0, late: 0 });
    expect(await send(from, to, '10000.000001')).toEqual(left('10000'));
    expect(await send(from, to, '10000')).toMatchObject({ ok: true });
  });
});
