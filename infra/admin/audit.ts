import * as z from 'zod/mini';
import { staffAudit } from '../../shared/contracts/staff/audit.ts';
import { type Command, defineCommand } from './command.ts';
import { table, time } from './text.ts';

const { shape } = staffAudit.query;

const audit = defineCommand({
  name: 'audit',
  summary: 'Read what staff did on a day (today, unless another is given) or to a user, newest first',
  words: [],
  options: {
    date: { value: '<yyyy-mm-dd>', help: 'a day of UTC' },
    username: { value: '<name>', help: 'in place of a day' },
    limit: { value: '<number>', help: 'records on a page, 20 unless given, 100 at most' },
    before: { value: '<cursor>', help: 'goes on where another page ended' },
  },
  input: z.object({ ...shape, limit: z.optional(z.string()) }),
  run: async ({ date, username, limit, before }, { call, now }) => {
    const today = new Date(now()).toISOString().slice(0, 10);
    const of = username === undefined ? { date: date ?? today } : { username, ...(date !== undefined && { date }) };
    const query = { ...of, limit, before };
    const data = await call(staffAudit, { query }, staffAudit.data);
    const rows = data.records.map(({ at, actor, action, target, reason, before: old, after }) => [
      time(at),
      actor.replace(/^arn:[^:]*:[^:]*::/, ''),
      action,
      target?.username,
      reason,
      old && JSON.stringify(old),
      after && JSON.stringify(after),
    ]);
    const shown = table(['time', 'who', 'what', 'to whom', 'why', 'before', 'after'], rows);
    return { data, text: data.next === null ? shown : `${shown}\nThere is more: --before ${data.next}` };
  },
});

export const AUDIT_COMMANDS: readonly Command[] = [audit];
