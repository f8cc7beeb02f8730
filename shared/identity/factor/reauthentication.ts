import type { BodyOf } from '../../contracts/endpoint.ts';
import type { reauthenticate } from '../../contracts/endpoints/account/reauthenticate.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Setting } from '../acting.ts';
import { type Caller, markReauthenticated } from '../session-store.ts';
import { spend } from './factor-store.ts';
import { recoveryNotice } from './recovery.ts';
import { type FactorRefusal, proveFactor, refusalOfFactor } from './second-factor.ts';

type Done = { readonly ok: true; readonly data: '认证成功' };
type Refused = { readonly ok: false; readonly code: FactorRefusal | 'TOKEN_EXPIRED' };

/** Takes the second factor once more; the session counts as re-authenticated for 5 minutes (API 4.10). */
export const reauthenticateSession = async (
  platform: Platform<(typeof reauthenticate)['uses']>,
  { user, session, factor }: Caller,
  { totpCode }: BodyOf<typeof reauthenticate>,
  setting: Setting,
): Promise<Done | Refused> => {
  const { tables, commit, clock } = platform;
  const proof = await proveFactor(platform, { userId: user.userId, factor }, totpCode);
  if (!proof.right) return { ok: false, code: proof.code };
  const now = clock.now();
  const result = await commit([
    spend(tables.users, proof.spending),
    markReauthenticated(tables.users, session, now),
    ...recoveryNotice(platform, { user, factor }, proof.spending, setting),
  ]);
  if (result.committed) return { ok: true, data: '认证成功' };
  return { ok: false, code: refusalOfFactor(result, now) ?? 'TOKEN_EXPIRED' };
};
