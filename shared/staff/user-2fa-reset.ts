import type { BodyOf } from '../contracts/endpoint.ts';
import { OperationCode } from '../contracts/enums.ts';
import type { staffUserFactorReset } from '../contracts/staff/user-2fa-reset.ts';
import { logged, notified } from '../identity/acting.ts';
import { resetFactor } from '../identity/factor/factor-store.ts';
import type { Origin } from '../identity/login-log.ts';
import { changeCredentials, HOLD } from '../identity/user-store.ts';
import type { Platform } from '../platform/platform.ts';
import { commitAudited } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget, inLanguageOf } from './target.ts';

/** What the user's log tells of where staff sat. */
const BY_STAFF: { readonly origin: Origin } = { origin: { ip: '-', userAgent: '', area: '-' } };

/**
 * Unbinds a user's second factor, with its audit record: every session and API key ends, outgoing money is held for 24 hours, and
 * the user is told by mail.
 */
export const resetSecondFactor = async (
  platform: Platform<(typeof staffUserFactorReset)['uses']>,
  staff: StaffCaller,
  username: string,
  { reason }: BodyOf<typeof staffUserFactorReset>,
) => {
  const { tables, clock } = platform;
  const now = clock.now();
  const target = await findTarget(tables.users, username, now);
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  if (!target.is2FA) return { ok: false, code: 'TWO_FACTOR_NOT_BOUND' } as const;
  const holdUntil = now + HOLD;
  const before = { is2FA: true, holdUntil: target.holdUntil ?? null };
  const change = { action: 'user.2fa-reset', target, reason, before, after: { is2FA: false, holdUntil } } as const;
  return commitAudited(platform, staff, change, [
    resetFactor(tables.users, target.userId),
    changeCredentials(tables.users, target, { is2FA: false, endsKeys: true }, now),
    logged(platform, target, OperationCode.CHANGE_GOOGLE, BY_STAFF),
    notified(platform, target, inLanguageOf(target), { kind: 'factor-reset', facts: { at: now, holdUntil } }),
  ]);
};
