import type * as z from 'zod/mini';
import { staffAudit } from '../../shared/contracts/staff/audit.ts';
import { staffKycDecision } from '../../shared/contracts/staff/kyc-decision.ts';
import { staffKycRelease } from '../../shared/contracts/staff/kyc-release.ts';
import { staffKycReviews } from '../../shared/contracts/staff/kyc-reviews.ts';
import { staffKycUser } from '../../shared/contracts/staff/kyc-user.ts';
import { staffUser } from '../../shared/contracts/staff/user.ts';
import { staffUserFactorReset } from '../../shared/contracts/staff/user-2fa-reset.ts';
import { staffUserStatus } from '../../shared/contracts/staff/user-status.ts';
import { staffUserVip } from '../../shared/contracts/staff/user-vip.ts';
import type { User } from '../../shared/identity/user.ts';
import type { Screen } from '../../shared/kyc/screening.ts';
import type { BucketService } from '../../shared/platform/bucket-service.ts';
import { viewAudit } from '../../shared/staff/audit-view.ts';
import { decideKyc } from '../../shared/staff/kyc-decision.ts';
import { releaseNumber } from '../../shared/staff/kyc-release.ts';
import { viewReviews } from '../../shared/staff/kyc-reviews.ts';
import { viewKycUser } from '../../shared/staff/kyc-user.ts';
import type { StaffCaller } from '../../shared/staff/staff-caller.ts';
import { resetSecondFactor } from '../../shared/staff/user-2fa-reset.ts';
import { changeStatus } from '../../shared/staff/user-status.ts';
import { viewUser } from '../../shared/staff/user-view.ts';
import { changeVip } from '../../shared/staff/user-vip.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

/** Links that tell what was asked for. */
const testLinks: BucketService = {
  open: () => (name) => ({
    link: (key, seconds, { filename }) => Promise.resolve(`https://${name}.test/${key}?for=${seconds}&as=${filename}`),
  }),
};

export const JO: StaffCaller = { principal: 'arn:aws:iam::111122223333:user/jo.lin', requestId: 'request-1' };

/** What staff do, over a test's engine. */
export const staffOn = (resources: TestResources, staff: StaffCaller = JO) => ({
  setStatus: (username: string, userStatus: User['userStatus'], reason = 'why') =>
    changeStatus(testFoundation(staffUserStatus, resources).platform, staff, username, { userStatus, reason }),
  setVip: (username: string, isVIP: boolean, spread: string) =>
    changeVip(testFoundation(staffUserVip, resources).platform, staff, username, { isVIP, spread, reason: 'why' }),
  resetFactor: (username: string) =>
    resetSecondFactor(testFoundation(staffUserFactorReset, resources).platform, staff, username, { reason: 'why' }),
  reviews: async (query: { level?: 2 | 3; limit?: number; after?: string | undefined } = {}) => {
    const page = { level: undefined, limit: 100, after: undefined, ...query };
    return (await viewReviews(testFoundation(staffKycReviews, resources).platform, staff, page)).data;
  },
  openKyc: (username: string) =>
    viewKycUser(testFoundation(staffKycUser, { buckets: testLinks, ...resources }).platform, staff, username),
  decide: (username: string, body: z.input<(typeof staffKycDecision)['body']>, screen?: Screen) =>
    decideKyc(
      testFoundation(staffKycDecision, resources).platform,
      staff,
      username,
      staffKycDecision.body.parse(body),
      {
        screen,
        locale: 'en',
      },
    ),
  release: (username: string, body: z.input<(typeof staffKycRelease)['body']>) =>
    releaseNumber(testFoundation(staffKycRelease, resources).platform, staff, username, {
      body: staffKycRelease.body.parse(body),
      locale: 'en',
    }),
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
