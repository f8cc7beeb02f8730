import { isReauthenticated } from '../session.ts';
import type { Caller } from '../session-store.ts';

/** Why a session may not look at or change keys. */
export interface NotPermitted {
  readonly ok: false;
  readonly code: 'TWO_FACTOR_NOT_BOUND' | 'REAUTHENTICATION_REQUIRED';
}

/** Keys take a second factor that was given again within the last 5 minutes (API 10.2); `undefined` where it was. */
export const refusalOfKeys = ({ user, session }: Caller, now: number): NotPermitted | undefined => {
  if (!user.is2FA) return { ok: false, code: 'TWO_FACTOR_NOT_BOUND' };
  return isReauthenticated(session, now) ? undefined : { ok: false, code: 'REAUTHENTICATION_REQUIRED' };
};
