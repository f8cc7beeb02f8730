import * as z from 'zod/mini';
import { type Erasure, staffUserErasure } from '../../shared/contracts/staff/user-erasure.ts';
import { staffUserLegalHold } from '../../shared/contracts/staff/user-legal-hold.ts';
import { reason, userParams } from '../../shared/contracts/staff/fields.ts';
import { type Command, defineCommand } from './command.ts';
import { facts, table, time } from './text.ts';

const { username } = userParams.shape;

const REASON = { reason: { value: '<text>', help: 'why; it is kept in the audit' } } as const;

const WHEN: Readonly<Record<Erasure['lines'][number]['erased'], string>> = {
  'at-once': 'at once',
  'when-due': 'when due',
  'by-itself': 'by itself',
  kept: 'kept',
};

const day = (at: number | null): string => time(at).slice(0, 10);

const told = (data: Erasure, what: string): string => {
  const head = facts([
    ['erasure', data.status],
    ['in the way', data.obstacles.join(', ')],
    ['approve until', time(data.approveUntil)],
    ['closed', time(data.closedAt)],
    ['law keeps until', day(data.keepUntil)],
  ]);
  const lines = data.lines.map(({ what: kind, erased, until, done, ground }) => [
    kind,
    done ? 'erased' : `${WHEN[erased]}${until === null ? '' : `, ${day(until)}`}`,
    ground,
  ]);
  return `${head}\n${table(['what', 'erased', 'ground'], lines)}\n${what}`;
};

const NEXT: Readonly<Record<Erasure['status'], string>> = {
  refused: 'Nothing can be erased as long as that is in the way.',
  possible:
    'Two of the staff have to order it with `users erase`, with the same reason within a day. No way leads back.',
  'awaiting-approval': 'Nothing is erased yet. Another one of the staff has to order the same, with the same reason.',
  begun: 'Sessions and keys have ended. What goes at once is gone within minutes.',
  kept: 'What could go at once is gone. Backups of it lapse within 35 days.',
};

const show = defineCommand({
  name: 'users erasure',
  summary: 'Show what would be erased of a user and what law keeps, and how far an erasure has come',
  words: ['username'],
  options: REASON,
  input: z.object({ username, reason }),
  run: async (input, { call }) => {
    const request = { params: { username: input.username }, body: { reason: input.reason, dryRun: true } };
    const data = await call(staffUserErasure, request, staffUserErasure.data);
    return { data, text: told(data, NEXT[data.status]) };
  },
});

const erase = defineCommand({
  name: 'users erase',
  summary: 'Erase what law allows of a user whose account is closed; takes two of the staff, for there is no way back',
  words: ['username'],
  options: REASON,
  input: z.object({ username, reason }),
  run: async (input, { call }) => {
    const request = { params: { username: input.username }, body: { reason: input.reason } };
    const data = await call(staffUserErasure, request, staffUserErasure.data);
    return { data, text: told(data, NEXT[data.status]) };
  },
});

const hold = defineCommand({
  name: 'users hold',
  summary: 'Put a legal hold on a user, or lift it: under one, nothing of the user is erased',
  words: ['username', 'on|off'],
  options: REASON,
  input: z.object({ username, 'on|off': z.enum(['on', 'off']), reason }),
  run: async (input, { call }) => {
    const held = input['on|off'] === 'on';
    const request = { params: { username: input.username }, body: { held, reason: input.reason } };
    const data = await call(staffUserLegalHold, request, staffUserLegalHold.data);
    return { data, text: `${input.username} is ${held ? '' : 'no longer '}under a legal hold.` };
  },
});

export const ERASURE_COMMANDS: readonly Command[] = [show, erase, hold];
