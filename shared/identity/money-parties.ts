import { UserStatus } from '../contracts/enums.ts';
import { DEFAULT_LOCALE, type Locale } from '../contracts/locale.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Item, Write } from '../platform/writes.ts';
import { heldUntil } from './hold.ts';
import { permissionsOf, TRANSFER_LEVEL } from './permissions.ts';
import { type User, userItem } from './user.ts';
import { findUserId, getUser, userKey } from './user-store.ts';

export type SenderRefusal =
  | { readonly ok: false; readonly code: 'TRANSFER_NOT_ALLOWED' }
  | { readonly ok: false; readonly code: 'OUTGOING_HELD'; readonly params: { readonly until: string } };

type Sender = Pick<User, 'kycLevel' | 'userStatus' | 'holdUntil' | 'screening'>;

/**
 * Why a user may not send money to others now; `undefined` for who may. Who is being screened is told no more than who
 * may not yet: nobody is to be warned.
 */
export const refusalOfSender = (user: Sender, now: number): SenderRefusal | undefined => {
  if (!permissionsOf(user).allowTransfer || user.screening !== undefined)
    return { ok: false, code: 'TRANSFER_NOT_ALLOWED' };
  const until = heldUntil(user, now);
  return until === undefined ? undefined : { ok: false, code: 'OUTGOING_HELD', params: { until } };
};

/** Describes the check, in the transaction that takes money, that its sender may still send. */
export const checkSender = (table: TableWith<'check'>, userId: string, now: number): Write =>
  table.check(userKey(userId), {
    condition:
      'userStatus = :normal AND kycLevel >= :level AND attribute_not_exists(screening) AND ' +
      '(attribute_not_exists(holdUntil) OR holdUntil <= :now)',
    values: { ':normal': UserStatus.NORMAL, ':level': TRANSFER_LEVEL, ':now': now },
  });

/** Why that check failed, by the user's item. */
export const refusalByCheck = (item: Item | undefined, now: number): SenderRefusal =>
  (item && refusalOfSender(userItem.parse(item), now)) ?? { ok: false, code: 'TRANSFER_NOT_ALLOWED' };

/** Whom money shall go to, as the sender says it. */
export interface NamedReceiver {
  readonly receiver: string;
  readonly receiverEmail: string;
}

/**
 * The user of that name and address; `undefined` where there is none, or the address is another: who sends money must
 * know both, and is not told which was wrong.
 */
export const findReceiver = async (
  table: TableWith<'get'>,
  { receiver, receiverEmail }: NamedReceiver,
  now: number,
): Promise<User | undefined> => {
  const isName = !receiver.includes('@');
  const userId = isName ? await findUserId(table, receiver, now) : undefined;
  const user = userId === undefined ? undefined : await getUser(table, userId, now);
  return user?.email === receiverEmail.toLowerCase() ? user : undefined;
};

/**
 * Whether a user can be sent money. No KYC level is asked for: none of it leaves the account, by trade, transfer or
 * withdrawal, before the level that those ask for.
 */
export const mayReceive = ({ userStatus }: Pick<User, 'userStatus'>): boolean => userStatus === UserStatus.NORMAL;

/** Describes the check, in the transaction that moves money, that its receiver can still be sent money. */
export const checkReceiver = (table: TableWith<'check'>, userId: string): Write =>
  table.check(userKey(userId), { condition: 'userStatus = :normal', values: { ':normal': UserStatus.NORMAL } });

/** Who a user is to others in a movement of money, and in which language mails about it reach them. */
export const partyOf = ({ userId, username, email, locale = DEFAULT_LOCALE }: User) => ({
  userId,
  username,
  email,
  locale: locale satisfies Locale,
});
