import type { Write } from '../platform/writes.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import { describeError } from '../platform/logger.ts';
import { type AuditedAction, newAuditRecord } from './audit-record.ts';
import { appendRecord } from './audit-store.ts';
import type { StaffCaller } from './staff-caller.ts';

/** What every staff action needs. */
export interface AuditPlatform extends Core {
  readonly tables: { readonly audit: TableWith<'append'> };
}

/** What would be shown could not be recorded, and so is not shown. Answered with 503. */
export class AuditFailedError extends Error {
  override readonly name = 'AuditFailedError';
}

/**
 * Records a look at something, before it is shown.
 *
 * @throws AuditFailedError when that did not work.
 */
export const auditLook = async (platform: AuditPlatform, staff: StaffCaller, look: AuditedAction): Promise<void> => {
  const { tables, commit, log } = platform;
  const record = newAuditRecord(platform, staff, look);
  const result = await commit(appendRecord(tables.audit, record)).catch((error: unknown) => {
    log('AUDIT_FAILED', describeError(error));
    return { committed: false };
  });
  if (!result.committed) throw new AuditFailedError('The look could not be recorded, so nothing is shown. Try again.');
};

type Changed = { readonly ok: true; readonly data: null };
type Stale = { readonly ok: false; readonly code: 'UPDATE_FAILED' };

/**
 * Does a change and records it, both or neither.
 *
 * @param changes refused by their conditions where `change.before` is no longer the state.
 */
export const commitAudited = async (
  platform: AuditPlatform,
  staff: StaffCaller,
  change: AuditedAction & Required<Pick<AuditedAction, 'target' | 'reason' | 'before' | 'after'>>,
  changes: readonly Write[],
): Promise<Changed | Stale> => {
  const record = newAuditRecord(platform, staff, change);
  const { committed } = await platform.commit([...changes, ...appendRecord(platform.tables.audit, record)]);
  return committed ? { ok: true, data: null } : { ok: false, code: 'UPDATE_FAILED' };
};
