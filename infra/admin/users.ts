import * as z from 'zod/mini';
import { OperationCode, UserStatus } from '../../shared/contracts/enums.ts';
import { text } from '../../shared/contracts/codes/text.ts';
import { fieldRules } from '../../shared/contracts/field-rules.ts';
import { reason, spread, userParams } from '../../shared/contracts/staff/fields.ts';
import { staffUser } from '../../shared/contracts/staff/user.ts';
import { staffUserFactorReset } from '../../shared/contracts/staff/user-2fa-reset.ts';
import { staffUserStatus } from '../../shared/contracts/staff/user-status.ts';
import { staffUserVip } from '../../shared/contracts/staff/user-vip.ts';
import { type Command, defineCommand } from './command.ts';
import { facts, table, time } from './text.ts';

const { username } = userParams.shape;

const REASON = { reason: { value: '<text>', help: 'why; it is kept in the audit' } } as const;

/** A name of the code as people type it: NOT_TRADABLE is not-tradable. */
const typed = (name: string): string => name.toLowerCase().replaceAll('_', '-');

const STATUSES = new Map(Object.entries(UserStatus).map(([name, status]) => [typed(name), status]));
const STATUS_NAMES = new Map([...STATUSES].map(([name, status]) => [status, name]));
const OPERATION_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(OperationCode).map(([name, code]) => [code, typed(name)]),
);

const STATUS_RULE = `use one of ${[...STATUSES.keys()].join(', ')}, or its number`;

/** By name or by number. */
const status = z
  .pipe(
    z.pipe(
      z.string(),
      z.transform((given: string) => STATUSES.get(given.toLowerCase()) ?? Number(given)),
    ),
    staffUserStatus.body.shape.userStatus,
  )
  .register(fieldRules, { rule: text(STATUS_RULE, STATUS_RULE, STATUS_RULE) });

const user = z.extend(staffUser.data, { spread: z.nullable(z.number()) });

const show = defineCommand({
  name: 'users show',
  summary: 'Show a user, with the newest entries of the log',
  words: ['username'],
  input: z.object({ username }),
  run: async (params, { call }) => {
    const data = await call(staffUser, { params }, user);
    const shown = facts([
      ['user id', data.userId],
      ['username', data.username],
      ['e-mail', data.email],
      ['status', `${data.userStatus} ${STATUS_NAMES.get(data.userStatus) ?? ''}`],
      ['KYC level', data.kycLevel],
      ['second factor', data.is2FA],
      ['VIP', data.isVIP],
      ['spread, %', data.spread],
      ['registered', time(data.created)],
      ['money held until', time(data.holdUntil)],
      ['sessions', data.sessions],
    ]);
    const log = data.log.map(({ operationCode, logTime, ip, area, browser, os }) => [
      time(logTime),
      `${operationCode} ${OPERATION_NAMES.get(operationCode) ?? ''}`,
      ip,
      area,
      browser,
      os,
    ]);
    return { data, text: `${shown}\n${table(['time', 'what', 'ip', 'area', 'browser', 'os'], log)}` };
  },
});

const setStatus = defineCommand({
  name: 'users status',
  summary: `Set the status of a user: ${[...STATUSES.keys()].join(', ')}, or its number`,
  words: ['username', 'status'],
  options: REASON,
  input: z.object({ username, status, reason }),
  run: async (input, { call }) => {
    const body = { userStatus: input.status, reason: input.reason };
    const data = await call(staffUserStatus, { params: { username: input.username }, body }, staffUserStatus.data);
    return { data, text: `The status of ${input.username} is ${STATUS_NAMES.get(input.status) ?? input.status} now.` };
  },
});

const setVip = defineCommand({
  name: 'users vip',
  summary: 'Set whether a user is VIP, and the spread of the user',
  words: ['username', 'on|off'],
  options: { spread: { value: '<percent>', help: 'from 0 to under 100, at most 6 decimals' }, ...REASON },
  input: z.object({ username, 'on|off': z.enum(['on', 'off']), spread, reason }),
  run: async (input, { call }) => {
    const isVIP = input['on|off'] === 'on';
    const body = { isVIP, spread: input.spread, reason: input.reason };
    const data = await call(staffUserVip, { params: { username: input.username }, body }, staffUserVip.data);
    const told = `${input.username} is ${isVIP ? 'VIP' : 'no VIP'} now, with a spread of ${input.spread} %.`;
    return { data, text: told };
  },
});

const resetFactor = defineCommand({
  name: 'users 2fa-reset',
  summary: 'Unbind the second factor of a user who lost it; ends every session, holds money for 24 hours',
  words: ['username'],
  options: REASON,
  input: z.object({ username, reason }),
  run: async (input, { call }) => {
    const request = { params: { username: input.username }, body: { reason: input.reason } };
    const data = await call(staffUserFactorReset, request, staffUserFactorReset.data);
    return { data, text: `The second factor of ${input.username} is unbound, and every session ended.` };
  },
});

export const USER_COMMANDS: readonly Command[] = [show, setStatus, setVip, resetFactor];
