import { describe, expect, it } from '@jest/globals';
import { staffDeposit } from '../../../shared/contracts/staff/deposits.ts';
import type { StaffCaller } from '../../../shared/staff/staff-caller.ts';
import { bookingUseCases, KIM } from '../../support/bookings.ts';
import { emailOf, freshName, useIdentity } from '../../support/identity.ts';
import { JO } from '../../support/staff.ts';
import { waitingMails } from '../../support/stored.ts';

const identity = useIdentity();
const { someone, deposit, has, records } = bookingUseCases(identity);

const JO_ELSEWHERE: StaffCaller = {
  principal: 'arn:aws:sts::111122223333:assumed-role/support/Jo.Lin',
  requestId: 'request-3',
};

describe('a deposit', () => {
  it('is credited, told by mail and recorded with the balance before and after', async () => {
    const { name, userId } = await someone();
    const booked = await deposit({ username: name, asset: 'TWD', amount: '1000.50', bankRef: `A-${name}` });
    expect(booked).toEqual({ ok: true, data: { status: 'booked', id: expect.any(Number), approveUntil: null } });
    expect(await has(userId)).toEqual({ available: '1000.5', frozen: '0' });
    const mails = await waitingMails(identity().resources, emailOf(name));
    const mail = mails.find(({ kind }) => kind === 'deposit-received');
    expect(mail?.facts).toMatchObject({ amount: '1000.5', asset: 'TWD' });
    const [record] = await records(name);
    expect(record).toMatchObject({
      action: 'deposit.book',
      before: { asset: 'TWD', available: '0' },
      after: { asset: 'TWD', amount: '1000.5', available: '1000.5', bankRef: `A-${name}` },
    });
  });

  it('is booked once a reference, however it is written, also by many at once', async () => {
    const { name, userId } = await someone();
    const hash = Buffer.from(name.padEnd(32, '.')).toString('hex');
    const body = { username: name, asset: 'BTC', amount: '0.01', txHash: hash };
    const all = await Promise.all(Array.from({ length: 8 }, () => deposit(body)));
    const ids = new Set(all.map((one) => (one.ok ? one.data.id : one.code)));
    expect(ids.size).toBe(1);
    expect(await deposit({ ...body, amount: '0.0100', txHash: `0x${hash.toUpperCase()}` })).toMatchObject({
      data: { id: [...ids][0] },
    });
    expect(await deposit({ ...body, amount: '0.02' })).toEqual({ ok: false, code: 'REFERENCE_REUSED' });
    expect(await has(userId, 'BTC')).toEqual({ available: '0.01', frozen: '0' });
  });

  it('takes exactly one reference, an amount that the asset can have, and a verified user', async () => {
    const { name } = await someone();
    const body = { username: name, asset: 'TWD', amount: '1' };
    const parsed = (more: object) => staffDeposit.body.safeParse({ ...body, ...more }).success;
    expect([parsed({}), parsed({ bankRef: 'A', txHash: 'a'.repeat(64) }), parsed({ txHash: 'abc' })]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await deposit({ ...body, amount: '1.005', bankRef: 'fine' })).toMatchObject({ code: 'INVALID_PARAMETER' });
    expect(await deposit({ ...body, username: 'nobody-here', bankRef: 'B' })).toMatchObject({ code: 'NOT_FOUND' });
    const unverified = freshName();
    await identity().registerAs(unverified);
    const early = await deposit({ ...body, username: unverified, bankRef: 'C' });
    expect(early).toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('of more than the threshold waits for another one of the staff', async () => {
    const { name, userId } = await someone();
    const body = { username: name, asset: 'TWD', amount: '300000.01', bankRef: `L-${name}` };
    const until = identity().clock.now() + 24 * 3_600_000;
    const awaiting = { ok: true, data: { status: 'awaiting-approval', id: null, approveUntil: until } };
    expect(await deposit(body)).toEqual(awaiting);
    expect(await deposit(body)).toEqual(awaiting);
    expect(await deposit(body, JO_ELSEWHERE)).toEqual(awaiting);
    expect((await has(userId)).available).toBe('0');
    const both = await Promise.all([deposit(body, KIM), deposit(body, KIM)]);
    const ids = new Set(both.map((one) => one.ok && one.data.status === 'booked' && one.data.id));
    expect(ids.size).toBe(1);
    expect((await has(userId)).available).toBe('300000.01');
    expect((await records(name)).map(({ action }) => action).toSorted()).toEqual([
      'deposit.book',
      ...Array.from({ length: 3 }, () => 'deposit.request'),
    ]);
    expect((await records(name)).find(({ action }) => action === 'deposit.book')?.after).toMatchObject({
      requestedBy: JO.principal,
    });
    expect(await deposit({ ...body, amount: '300000', bankRef: `M-${name}` })).toMatchObject({
      data: { status: 'booked' },
    });
  });

  it('that waits lapses after a day, and gives way to another amount', async () => {
    const { name } = await someone();
    const body = { username: name, asset: 'TWD', amount: '400000', bankRef: `D-${name}` };
    await deposit(body);
    const other = { ...body, amount: '400001' };
    expect(await deposit(other, KIM)).toMatchObject({ data: { status: 'awaiting-approval' } });
    expect(await deposit(body)).toMatchObject({ data: { status: 'awaiting-approval' } });
    identity().clock.advance(24 * 3_600_000);
    expect(await deposit(body, KIM)).toMatchObject({ data: { status: 'awaiting-approval' } });
    expect(await deposit(body)).toMatchObject({ data: { status: 'booked' } });
  });
});
