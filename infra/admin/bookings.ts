import * as z from 'zod/mini';
import { staffAdjustment } from '../../shared/contracts/staff/adjustments.ts';
import { type Booking, booking } from '../../shared/contracts/staff/booking.ts';
import { staffDeposit } from '../../shared/contracts/staff/deposits.ts';
import { userParams } from '../../shared/contracts/staff/fields.ts';
import { type Command, defineCommand } from './command.ts';
import { facts, time } from './text.ts';

const { username } = userParams.shape;
const { asset, amount, txHash, bankRef } = staffDeposit.body.shape;
const { reason, idempotencyKey } = staffAdjustment.body.shape;

/** An amount in its own right, without a sign: what a command adds or takes is in its name. */
const unsigned = z.string().check(z.regex(/^\d/));

const told = (data: Booking, what: string, again: string): string => {
  const shown = facts([
    ['what', what],
    ['status', data.status],
    ['record', data.id],
    ['approve until', time(data.approveUntil)],
  ]);
  if (data.status === 'booked') return shown;
  return `${shown}\nNothing is booked yet. Another one of the staff has to do the same:\n  npm run admin -- ${again}`;
};

/** As a shell takes it. */
const quoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;

const deposit = defineCommand({
  name: 'deposits add',
  summary: 'Credit what has arrived to a user, once a reference; the user is told by mail',
  words: ['username', 'asset', 'amount'],
  options: {
    'tx-hash': { value: '<hash>', help: 'of the transaction on its chain' },
    'bank-ref': { value: '<text>', help: 'of the payment at the bank, in place of --tx-hash' },
  },
  input: z.object({ username, asset, amount, 'tx-hash': txHash, 'bank-ref': bankRef }),
  run: async (input, { call }) => {
    const { 'tx-hash': hash, 'bank-ref': bank } = input;
    const source = { ...(hash !== undefined && { txHash: hash }), ...(bank !== undefined && { bankRef: bank }) };
    const body = { username: input.username, asset: input.asset, amount: input.amount, ...source };
    const data = await call(staffDeposit, { body }, booking);
    const option = hash === undefined ? `--bank-ref ${quoted(bank ?? '')}` : `--tx-hash ${hash}`;
    const again = `deposits add ${input.username} ${input.asset} ${input.amount} ${option}`;
    return { data, text: told(data, `${input.amount} ${input.asset} to ${input.username}`, again) };
  },
});

const adjusting = (name: 'add' | 'take', summary: string): Command =>
  defineCommand({
    name: `adjustments ${name}`,
    summary,
    words: ['username', 'asset', 'amount'],
    options: {
      reason: { value: '<text>', help: 'why; it is kept in the audit' },
      key: { value: '<text>', help: 'what is sent again under the same key is booked once; drawn anew unless given' },
    },
    input: z.object({ username, asset, amount: unsigned, reason, key: z.optional(idempotencyKey) }),
    run: async (input, { call, newId }) => {
      const key = input.key ?? newId();
      const signed = name === 'add' ? input.amount : `-${input.amount}`;
      const body = { asset: input.asset, amount: signed, reason: input.reason, idempotencyKey: key };
      const data = await call(staffAdjustment, { params: { username: input.username }, body }, booking);
      const again = [
        `adjustments ${name} ${input.username} ${input.asset} ${input.amount}`,
        `--reason ${quoted(input.reason)} --key ${quoted(key)}`,
      ].join(' ');
      return { data: { ...data, key }, text: told(data, `${signed} ${input.asset}, ${input.username}`, again) };
    },
  });

export const BOOKING_COMMANDS: readonly Command[] = [
  deposit,
  adjusting('add', 'Add to what a user has, out of the treasury'),
  adjusting('take', 'Take from what a user has, into the treasury'),
];
