import { describe, expect, it } from '@jest/globals';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { bookingUseCases, KIM } from '../../support/bookings.ts';
import { erasureUseCases } from '../../support/erasure.ts';
import { PASSWORD, useIdentity } from '../../support/identity.ts';
import { kycUseCases, somePerson } from '../../support/kyc.ts';
import { reviewCases } from '../../support/kyc-review.ts';
import { JO, staffOn } from '../../support/staff.ts';

const identity = useIdentity();
const erasing = () => erasureUseCases(identity());
const staff = () => staffOn(identity().resources);

describe('who can be erased', () => {
  it('is whose account is closed and empty, without a legal hold, when two of the staff order the same', async () => {
    const { order, hold, run } = erasing();
    const { clock } = identity();
    const { name } = await kycUseCases(identity()).someone();
    const { deposit, adjust } = bookingUseCases(identity);
    await deposit({ username: name, asset: 'TWD', amount: '5', bankRef: `R-${name}` });
    await hold(name, true);
    expect(await order(name, JO, { dryRun: true })).toMatchObject({
      data: { status: 'refused', obstacles: ['not-closed', 'legal-hold', 'balance'] },
    });
    const refused = (why: string) => ({
      ok: false,
      code: 'ERASURE_REFUSED',
      params: { why: expect.stringContaining(why) },
    });
    expect(await order(name)).toEqual(refused('not closed'));
    await staff().setStatus(name, UserStatus.DELETED);
    expect(await order(name)).toEqual(refused('legal hold'));
    await hold(name, false);
    expect(await order(name)).toEqual(refused('money'));
    await adjust(name, { asset: 'TWD', amount: '-5', idempotencyKey: `out-${name}` });
    expect(await order(name, JO, { dryRun: true })).toMatchObject({ data: { status: 'possible', obstacles: [] } });
    expect(await order(name)).toMatchObject({ data: { status: 'awaiting-approval' } });
    const sameRole = { ...JO, principal: 'arn:aws:sts::111122223333:assumed-role/support/jo.lin' };
    expect(await order(name, sameRole)).toMatchObject({ data: { status: 'awaiting-approval' } });
    expect(await order(name, KIM, { reason: 'another' })).toMatchObject({ data: { status: 'awaiting-approval' } });
    clock.advance(25 * 3_600_000);
    expect(await order(name, JO, { reason: 'another' })).toMatchObject({ data: { status: 'awaiting-approval' } });
    expect(await run()).toMatchObject({ kept: 0 });
    expect(await order(name, KIM, { reason: 'another' })).toMatchObject({ data: { status: 'begun' } });
    expect(await staff().setStatus(name, UserStatus.NORMAL)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await deposit({ username: name, asset: 'TWD', amount: '5', bankRef: `S-${name}` })).toEqual({
      ok: false,
      code: 'ILLEGAL_STATE',
    });
    expect(await run()).toMatchObject({ kept: 1 });
    expect(await identity().attempt(name, PASSWORD)).toMatchObject({ ok: false, code: 'WRONG_CREDENTIALS' });
  });

  it('waits under a legal hold that came after the order, and goes on after it', async () => {
    const { orderByTwo, hold, run, placesOf } = erasing();
    const { name, userId } = await kycUseCases(identity()).someone();
    await staff().setStatus(name, UserStatus.DELETED);
    await orderByTwo(name);
    await hold(name, true);
    expect(await run()).toMatchObject({ held: 1 });
    expect(await placesOf(userId)).toContain('users:LOG');
    await hold(name, false);
    identity().clock.advance(24 * 3_600_000);
    await run();
    expect(await placesOf(userId)).not.toContain('users:LOG');
  });

  it('is gone altogether within two runs where nobody was ever verified and no money moved', async () => {
    const { orderByTwo, run, placesOf, sweep } = erasing();
    const { submit, someone } = kycUseCases(identity());
    const { name, userId } = await someone();
    await submit({ userId }, somePerson());
    await reviewCases(identity()).upload(userId, 1);
    await staff().setStatus(name, UserStatus.DELETED);
    expect(await orderByTwo(name)).toMatchObject({ data: { keepUntil: identity().clock.now() } });
    await run();
    await run();
    expect(await placesOf(userId)).toEqual(['audit:DAY', 'audit:TARGET', 'users:ERASURE']);
    expect(await sweep()).toHaveLength(1);
  });
});
