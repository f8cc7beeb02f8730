import type { TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import type { User } from './user.ts';
import { userKey } from './user-store.ts';

/** Describes that the user has another KYC level from the next request on; refused when it is not the one that was read. */
export const setKycLevel = (
  table: TableWith<'update'>,
  { userId, kycLevel }: Pick<User, 'userId' | 'kycLevel'>,
  to: User['kycLevel'],
): Write =>
  table.update(userKey(userId), {
    update: 'SET kycLevel = :to',
    condition: 'kycLevel = :from',
    values: { ':to': to, ':from': kycLevel },
  });
