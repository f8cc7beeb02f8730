import { mayHaveKeys } from '../identity/api-key/api-key.ts';
import { mayLogIn, type User } from '../identity/user.ts';
import { END_KEYS, userKey } from '../identity/user-store.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';

/**
 * Sets the status. One that the user cannot log in with ends every session for good: a later return makes none of
 * them good again. API keys end so with the normal status. Refused when the status changed since `user` was read.
 */
export const setStatus = (table: TableWith<'update'>, user: User, to: User['userStatus']): Write => {
  const endsSessions = !mayLogIn({ userStatus: to });
  const endsKeys = !mayHaveKeys({ userStatus: to });
  const sets = [
    'userStatus = :to',
    ...(endsSessions ? ['sessionEpoch = sessionEpoch + :one'] : []),
    ...(endsKeys ? [END_KEYS.set] : []),
  ];
  return table.update(userKey(user.userId), {
    update: `SET ${sets.join(', ')}`,
    condition: 'userStatus = :from',
    values: {
      ':to': to,
      ':from': user.userStatus,
      ...(endsSessions && { ':one': 1 }),
      ...(endsKeys && END_KEYS.values),
    },
  });
};

/** Whether a user is VIP, and the spread in percent (exact decimal). */
export interface VipTerms {
  readonly isVip: boolean;
  readonly spread: string;
}

const unchanged = (name: 'isVip' | 'spread', value: unknown): string =>
  value === undefined ? `attribute_not_exists(${name})` : `${name} = :old${name}`;

/** Sets the terms; refused when they, or whether there is such a user, changed since `user` was read. */
export const setVip = (table: TableWith<'update'>, user: User, { isVip, spread }: VipTerms): Write =>
  table.update(userKey(user.userId), {
    update: 'SET isVip = :isVip, spread = :spread',
    condition: `attribute_exists(pk) AND ${unchanged('isVip', user.isVip)} AND ${unchanged('spread', user.spread)}`,
    values: {
      ':isVip': isVip,
      ':spread': spread,
      ...(user.isVip !== undefined && { ':oldisVip': user.isVip }),
      ...(user.spread !== undefined && { ':oldspread': user.spread }),
    },
  });
