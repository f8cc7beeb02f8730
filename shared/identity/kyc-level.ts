import type { Settings } from '../contracts/settings/setting.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { TRANSFER_LEVEL } from './permissions.ts';
import type { User } from './user.ts';
import { userKey } from './user-store.ts';

const SCREENING = { due: ', screening = :due', clear: ' REMOVE screening', same: '' } as const;

/**
 * Describes that the user has another KYC level from the next request on; refused when it is not the one that was read.
 *
 * @param screening whether the name is to be looked up on lists of sanctions from now on, or was just found clear.
 */
export const setKycLevel = (
  table: TableWith<'update'>,
  { userId, kycLevel }: Pick<User, 'userId' | 'kycLevel'>,
  to: User['kycLevel'],
  screening?: 'due' | 'clear',
): Write =>
  table.update(userKey(userId), {
    update: `SET kycLevel = :to${SCREENING[screening ?? 'same']}`,
    condition: 'kycLevel = :from',
    values: { ':to': to, ':from': kycLevel, ...(screening === 'due' && { ':due': 'due' }) },
  });

/**
 * Describes the level of who passes level 1. Who gets a level back that sends money may have another name now, and is to be
 * looked up anew, where the stage looks anybody up.
 */
export const levelSetter =
  (table: TableWith<'update'>, { sanctionsScreening }: Pick<Settings, 'sanctionsScreening'>) =>
  (user: Pick<User, 'userId' | 'kycLevel'>, to: User['kycLevel']): Write =>
    setKycLevel(table, user, to, sanctionsScreening !== 'off' && to >= TRANSFER_LEVEL ? 'due' : undefined);
