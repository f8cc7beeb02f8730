import { UserStatus } from '../contracts/enums.ts';
import { mayHaveKeys } from '../identity/api-key/api-key.ts';
import { mayLogIn, type User } from '../identity/user.ts';
import { END_KEYS, userKey } from '../identity/user-store.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';

/**
 * Sets the status. One that the user cannot log in with ends every session for good: a later return makes none of
 * them good again. API keys end so with the normal status. When an account was closed is kept while it is closed.
 * Refused when the status changed since `user` was read, and once its data are being erased.
 *
 * @param now epoch milliseconds.
 */
export const setStatus = (table: TableWith<'update'>, user: User, to: User['userStatus'], now: number): Write => {
  const closes = to === UserStatus.DELETED;
  const endsSessions = !mayLogIn({ userStatus: to });
  const endsKeys = !mayHaveKeys({ userStatus: to });
  const sets = [
    'userStatus = :to',
    ...(endsSessions ? ['sessionEpoch = sessionEpoch + :one'] : []),
    ...(endsKeys ? [END_KEYS.set] : []),
    ...(closes ? ['closedAt = :now'] : []),
  ];
  return table.update(userKey(user.userId), {
    update: `SET ${sets.join(', ')}${closes ? '' : ' REMOVE closedAt'}`,
    condition: 'userStatus = :from AND attribute_not_exists(erasureAt)',
    values: {
      ':to': to,
      ':from': user.userStatus,
      ...(endsSessions && { ':one': 1 }),
      ...(endsKeys && END_KEYS.values),
      ...(closes && { ':now': now }),
    },
  });
};

/** Sets whether nothing of the user may be erased; refused where that changed since `user` was read. */
export const setLegalHold = (table: TableWith<'update'>, user: User, held: boolean): Write =>
  table.update(userKey(user.userId), {
    update: held ? 'SET legalHold = :held' : 'REMOVE legalHold',
    condition: held ? 'attribute_exists(pk) AND attribute_not_exists(legalHold)' : 'legalHold = :held',
    values: { ':held': true },
  });

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
