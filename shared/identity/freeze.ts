import type { freeze } from '../contracts/endpoints/account/freeze.ts';
import { UserStatus } from '../contracts/enums.ts';
import type { Locale } from '../contracts/locale.ts';
import type { Platform } from '../platform/platform.ts';
import { notified } from './acting.ts';
import { findFreezeCode, spendFreezeCode } from './freeze-code.ts';
import { mayLogIn } from './user.ts';
import { getUser, lockUser } from './user-store.ts';

type Refused<C> = { readonly ok: false; readonly code: C };
type Frozen = { readonly ok: true } | Refused<'LINK_INVALID'> | Refused<'UPDATE_FAILED'>;

const LOCKED = { ok: true } as const;
const INVALID = { ok: false, code: 'LINK_INVALID' } as const;

/**
 * Locks the account that the code of a mail stands for, and ends every session (API 10.6). Once done, following the
 * link again finds the account locked; after staff unlocked it, the link is spent. An account that is closed to logins
 * for another reason stays as it is.
 */
export const freezeAccount = async (
  platform: Platform<(typeof freeze)['uses']>,
  code: string,
  { locale, admitted }: { readonly locale: Locale; readonly admitted: Promise<void> },
): Promise<Frozen> => {
  const { tables, commit, clock } = platform;
  const now = clock.now();
  const [found] = await Promise.all([findFreezeCode(tables.users, code, now), admitted]);
  const user = found && (await getUser(tables.users, found.userId, now));
  if (!user) return INVALID;
  if (!mayLogIn(user)) return LOCKED;
  if (found.usedAt !== undefined) return INVALID;
  const result = await commit([
    lockUser(tables.users, user, UserStatus.LOCKED),
    spendFreezeCode(tables.users, code, now),
    notified(platform, user, { locale }, { kind: 'account-locked', facts: { at: now } }),
  ]);
  if (result.committed) return LOCKED;
  const present = await getUser(tables.users, user.userId, now);
  return present && !mayLogIn(present) ? LOCKED : { ok: false, code: 'UPDATE_FAILED' };
};
