import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import type { User } from './user.ts';
import { userKey } from './user-store.ts';

/** Why a user sends nothing to others until staff have looked: the name changed, was found on a list, or could not be looked up. */
export type ScreeningMark = NonNullable<User['screening']>;

/** Describes that a user sends nothing until staff have looked. */
export const markScreening = (table: TableWith<'update'>, userId: string, mark: ScreeningMark): Write =>
  table.update(userKey(userId), {
    update: 'SET screening = :mark',
    condition: 'attribute_exists(pk)',
    values: { ':mark': mark },
  });

/** Describes that a user is clear. */
export const clearScreening = (table: TableWith<'update'>, userId: string): Write =>
  table.update(userKey(userId), { update: 'REMOVE screening', condition: 'attribute_exists(pk)' });
