import { staffAudit } from '../../shared/contracts/staff/audit.ts';
import { staffUser } from '../../shared/contracts/staff/user.ts';
import { staffUserFactorReset } from '../../shared/contracts/staff/user-2fa-reset.ts';
import { staffUserStatus } from '../../shared/contracts/staff/user-status.ts';
import { staffUserVip } from '../../shared/contracts/staff/user-vip.ts';
import type { User } from '../../shared/identity/user.ts';
import { viewAudit } from '../../shared/staff/audit-view.ts';
import type { StaffCaller } from '../../shared/staff/staff-caller.ts';
import { resetSecondFactor } from '../../shared/staff/user-2fa-reset.ts';
import { changeStatus } from '../../shared/staff/user-status.ts';
import { viewUser } from '../../shared/staff/user-view.ts';
import { changeVip } from '../../shared/staff/user-vip.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

export const JO: StaffCaller = { principal: 'arn:aws:iam::111122223333:user/jo.lin', requestId: 'request-1' };

/** What staff do, over a test's engine. */
export const staffOn = (resources: TestResources, staff: StaffCaller = JO) => ({
  setStatus: (username: string, userStatus: User['userStatus'], reason = 'why') =>
    changeStatus(testFoundation(staffUserStatus, resources).platform, staff, username, { userStatus, reason }),
  setVip: (username: string, isVIP: boolean, spread: string) =>
    changeVip(testFoundation(staffUserVip, resources).platform, staff, username, { isVIP, spread, reason: 'why' }),
  resetFactor: (username: string) =>
    resetSecondFactor(testFoundation(staffUserFactorReset, resources).platform, staff, username, { reason: 'why' }),
  view: (username: string) => viewUser(testFoundation(staffUser, resources).platform, staff, username),
  audit: async (
    query: { username: string } | { date: string },
    page: { limit?: number; before?: string | undefined } = {},
  ) => {
    const result = await viewAudit(testFoundation(staffAudit, resources).platform, staff, {
      limit: 100,
      ...page,
      ...query,
    });
    if (!result.ok) throw new Error('There is no such user.');
    return result.data;
  },
});
