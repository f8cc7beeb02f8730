import type { BodyOf } from '../contracts/endpoint.ts';
import type { staffUserLegalHold } from '../contracts/staff/user-legal-hold.ts';
import type { Platform } from '../platform/platform.ts';
import { commitAudited } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';
import { setLegalHold } from './user-changes.ts';

/**
 * Puts a legal hold on a user or lifts it, with its audit record. While it lasts nothing of the user is erased, also of
 * what was ordered before.
 */
export const changeLegalHold = async (
  platform: Platform<(typeof staffUserLegalHold)['uses']>,
  staff: StaffCaller,
  username: string,
  { held, reason }: BodyOf<typeof staffUserLegalHold>,
) => {
  const { tables, clock } = platform;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const was = target.legalHold ?? false;
  if (was === held) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const change = {
    action: 'user.legal-hold',
    target,
    reason,
    before: { legalHold: was },
    after: { legalHold: held },
  } as const;
  return commitAudited(platform, staff, change, [setLegalHold(tables.users, target, held)]);
};
