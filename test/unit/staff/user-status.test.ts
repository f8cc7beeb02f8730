import { describe, expect, it } from '@jest/globals';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { allowsStatus } from '../../../shared/staff/user-status.ts';

const ALL = Object.values(UserStatus);
const VERIFIED = ALL.filter((status) => status !== UserStatus.NOT_ACTIVATED);
const LAPSES = { expiresAt: 1 };

const allowedFrom = (user: Parameters<typeof allowsStatus>[0]) => ALL.filter((to) => allowsStatus(user, to));

describe('the status that staff may set', () => {
  it.each(VERIFIED)('is from %i any other but NotActivated', (userStatus) => {
    expect(allowedFrom({ userStatus })).toEqual(VERIFIED.filter((to) => to !== userStatus));
  });

  it('is of a registration that was never verified one that nobody can log in with', () => {
    expect(allowedFrom({ userStatus: 4, ...LAPSES })).toEqual([3, 5, 6, 7]);
  });

  it('stays so when such a registration has been blocked: no detour makes it a user', () => {
    expect(allowedFrom({ userStatus: 7, ...LAPSES })).toEqual([3, 5, 6]);
  });
});
