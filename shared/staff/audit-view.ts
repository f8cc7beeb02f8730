import type { QueryOf } from '../contracts/endpoint.ts';
import type { staffAudit } from '../contracts/staff/audit.ts';
import type { User } from '../identity/user.ts';
import type { Platform } from '../platform/platform.ts';
import { auditLook } from './audit.ts';
import { dayPartition, readRecords, targetPartition } from './audit-store.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';

type Query = QueryOf<typeof staffAudit>;
type Uses = (typeof staffAudit)['uses'];

const showPage = async (
  platform: Platform<Uses>,
  staff: StaffCaller,
  partition: string,
  { limit, before, target }: Pick<Query, 'limit' | 'before'> & { readonly target?: User },
) => {
  const page = await readRecords(platform.tables.audit, { partition, limit, before });
  await auditLook(platform, staff, { action: 'audit.read', ...(target && { target }) });
  return { ok: true, data: page } as const;
};

/** A page of what staff did on a day or to a user. That they looked is recorded first. */
export const viewAudit = async (platform: Platform<Uses>, staff: StaffCaller, query: Query) => {
  const { tables, clock } = platform;
  const { date, username = '', limit, before } = query;
  if (date !== undefined) return showPage(platform, staff, dayPartition(date), { limit, before });
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  return showPage(platform, staff, targetPartition(target.userId), { limit, before, target });
};
