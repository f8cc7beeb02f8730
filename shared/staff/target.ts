import { DEFAULT_LOCALE } from '../contracts/locale.ts';
import type { Setting } from '../identity/acting.ts';
import type { User } from '../identity/user.ts';
import { findUserId, getUser } from '../identity/user-store.ts';
import type { TableWith } from '../platform/platform.ts';

/** The language of mails that staff bring about: the user's, for that of the staff's request says nothing of it. */
export const inLanguageOf = ({ locale = DEFAULT_LOCALE }: Pick<User, 'locale'>): Pick<Setting, 'locale'> => ({
  locale,
});

/** The user that staff name, by username or e-mail address; `undefined` for nobody. */
export const findTarget = async (table: TableWith<'get'>, name: string, now: number): Promise<User | undefined> => {
  const userId = await findUserId(table, name, now);
  return userId === undefined ? undefined : getUser(table, userId, now);
};
