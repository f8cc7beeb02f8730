import { expect, it } from '@jest/globals';
import type { StaffCaller } from '../../../shared/staff/staff-caller.ts';
import { bookingUseCases, KIM } from '../../support/bookings.ts';
import { meetAt } from '../../support/call-log.ts';
import { freshName, useIdentity } from '../../support/identity.ts';

const identity = useIdentity();
const { someone, deposit, adjust, has } = bookingUseCases(identity);

const HOUR = 3_600_000;

/** Somebody of the staff who has booked nothing. */
const newcomer = (role = 'user'): StaffCaller => ({
  principal: `arn:aws:iam::111122223333:${role}/${freshName()}`,
  requestId: 'request-9',
});

/** Just what one can book alone at once; a day has room for three of them. */
const AMOUNT = '300000';

let references = 0;

/** A deposit of TWD under a reference of its own; says what became of it. */
const depositTo = async (username: string, staff: StaffCaller, bankRef?: string, amount = AMOUNT) => {
  references += 1;
  const outcome = await deposit({ username, asset: 'TWD', amount, bankRef: bankRef ?? `alone-${references}` }, staff);
  return outcome.ok ? outcome.data.status : outcome.code;
};

const booked = (times: number) => Array.from({ length: times }, () => 'booked');

it('what one of the staff books alone in 24 hours is summed, whoever gets it: more takes another one', async () => {
  const staff = newcomer();
  const elsewhere = { ...staff, principal: staff.principal.replace(':user/', ':assumed-role/support/').toUpperCase() };
  const outcomes = [];
  for (const user of [await someone(), await someone(), await someone()])
    outcomes.push(await depositTo(user.name, staff));
  expect(outcomes).toEqual(booked(3));
  const { name, userId } = await someone();
  expect(await depositTo(name, staff, `fourth-${name}`)).toBe('awaiting-approval');
  expect(await depositTo(name, elsewhere, `fourth-${name}`)).toBe('awaiting-approval');
  expect((await has(userId)).available).toBe('0');
  expect(await depositTo(name, staff, undefined, '100000')).toBe('booked');
  expect(await depositTo(name, staff, undefined, '0.01')).toBe('awaiting-approval');
  // Two who booked together have not booked alone.
  const other = newcomer();
  expect(await depositTo(name, other, `fourth-${name}`)).toBe('booked');
  expect(await depositTo((await someone()).name, other)).toBe('booked');
  expect((await has(userId)).available).toBe('400000');
  identity().clock.advance(23 * HOUR);
  expect(await depositTo((await someone()).name, staff)).toBe('awaiting-approval');
  identity().clock.advance(2 * HOUR);
  expect(await depositTo((await someone()).name, staff)).toBe('booked');
});

it('what is credited to one user is summed, whoever of the staff books it; what is taken is of who takes it', async () => {
  const { name, userId } = await someone();
  const [one, other, third] = [newcomer(), newcomer(), newcomer()];
  expect([await depositTo(name, one), await depositTo(name, one), await depositTo(name, other)]).toEqual(booked(3));
  expect(await depositTo(name, third)).toBe('awaiting-approval');
  const take = async (staff: StaffCaller) => {
    references += 1;
    const order = { asset: 'TWD', amount: `-${AMOUNT}`, idempotencyKey: `take-${references}` };
    const outcome = await adjust(name, order, staff);
    return outcome.ok ? outcome.data.status : outcome.code;
  };
  expect([await take(third), await take(third), await take(third)]).toEqual(booked(3));
  expect((await has(userId)).available).toBe('0');
  expect(await depositTo((await someone()).name, third)).toBe('awaiting-approval');
});

it('many at once by one of the staff are booked up to the sum and no further', async () => {
  const staff = newcomer();
  const users = [];
  for (let made = 0; made < 8; made += 1) users.push(await someone());
  const met = meetAt(identity().resources.client, 'TransactWriteItems', users.length);
  const outcomes = await Promise.all(users.map(({ name }) => depositTo(name, staff)));
  expect(met()).toBe(true);
  expect(outcomes.toSorted()).toEqual([
    ...Array.from({ length: users.length - 3 }, () => 'awaiting-approval'),
    ...booked(3),
  ]);
  const balances = await Promise.all(users.map(async ({ userId }) => (await has(userId)).available));
  expect(balances.toSorted()).toEqual([
    ...Array.from({ length: users.length - 3 }, () => '0'),
    ...Array.from({ length: 3 }, () => AMOUNT),
  ]);
});

it('many small ones at once by one of the staff do not refuse each other', async () => {
  const staff = newcomer();
  const { name, userId } = await someone();
  expect(await depositTo(name, staff, undefined, '1')).toBe('booked');
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => depositTo(name, staff, undefined, '1')));
  expect(outcomes).toEqual(booked(5));
  expect((await has(userId)).available).toBe('6');
  expect(await depositTo(name, KIM, undefined, '1')).toBe('booked');
});
