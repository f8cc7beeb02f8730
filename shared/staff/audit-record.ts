import { type AuditedState, type AuditRecord, auditRecord } from '../contracts/staff/audit-record.ts';
import type { User } from '../identity/user.ts';
import type { Core } from '../platform/platform.ts';
import { randomId } from '../platform/random.ts';
import type { StaffCaller } from './staff-caller.ts';

/** What is to be recorded of an action; who, when and under which id is added. */
export interface AuditedAction {
  readonly action: AuditRecord['action'];
  readonly target?: Pick<User, 'userId' | 'username'>;
  readonly reason?: string;
  readonly before?: AuditedState;
  readonly after?: AuditedState;
}

/** A record of what `staff` does now. What the record has no field for is left out. */
export const newAuditRecord = (
  { clock, random }: Pick<Core, 'clock' | 'random'>,
  staff: StaffCaller,
  { action, target, reason, before, after }: AuditedAction,
): AuditRecord =>
  auditRecord.parse({
    id: randomId(random),
    at: clock.now(),
    actor: staff.principal,
    action,
    target: target ?? null,
    reason: reason ?? null,
    before: before ?? null,
    after: after ?? null,
    requestId: staff.requestId,
  });
